import { sql } from '@payloadcms/db-postgres'
import type { Endpoint, PayloadRequest } from 'payload'

import { DomainError } from '../../../src/domain/errors.ts'
import { inTransaction } from '../../../src/database/inTransaction.ts'
import { dbIn } from '../../../src/database/dbIn.ts'
import { readJsonBody } from '../../http/readBody.ts'
import { requireMember } from '../../http/requireRole.ts'

/**
 * `POST /api/billing/affiliate/toggle`: the member's own switch. `active` sets it; without a body
 * it toggles. Returns the new value.
 */
export const affiliateToggle: Endpoint = {
  path: '/billing/affiliate/toggle',
  method: 'post',
  handler: async (req) => {
    const id = requireMember(req)
    const requested = await readActive(req)
    const affiliateActive = await inTransaction(req, async () => {
      const active = requested ?? !(await isActive(req, id))
      await req.payload.update({
        collection: 'users',
        id,
        data: { affiliateActive: active },
        depth: 0,
        overrideAccess: false,
        user: req.user,
        req,
      })
      return active
    })
    return Response.json({ affiliateActive })
  },
}

const readActive = async (req: PayloadRequest): Promise<boolean | undefined> => {
  const { active } = await readJsonBody(req, ['active'])
  if (active === undefined || typeof active === 'boolean') return active
  throw new DomainError('request.malformed-value', 'Send true or false.', { field: 'active' })
}

/** Reads under a lock, so that two toggles at once cancel out. */
const isActive = async (req: PayloadRequest, id: string): Promise<boolean> => {
  const db = await dbIn(req)
  const { rows } = await db.execute<{ active: boolean | null }>(
    sql`select affiliate_active as active from users where id = ${id} for no key update`,
  )
  return rows[0]?.active ?? false
}
