import { sql } from '@payloadcms/db-postgres'
import type { Endpoint, PayloadRequest } from 'payload'

import { DomainError } from '../../../src/domain/errors.ts'
import { inTransaction } from '../../../src/ledger/inTransaction.ts'
import { transactionOf } from '../../../src/ledger/transactionOf.ts'
import { bodyOf } from '../../bodyOf.ts'
import { requireMember } from '../../requireMember.ts'

/**
 * `POST /api/billing/affiliate/toggle`: the member's own switch. Without a body it flips; `active`
 * sets it. Answers the new value.
 */
export const affiliateToggle: Endpoint = {
  path: '/billing/affiliate/toggle',
  method: 'post',
  handler: async (req) => {
    const id = requireMember(req)
    const wanted = await wantedValue(req)
    const affiliateActive = await inTransaction(req, async () => {
      const active = wanted ?? !(await isActive(req, id))
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

const wantedValue = async (req: PayloadRequest): Promise<boolean | undefined> => {
  const { active } = await bodyOf(req, ['active'])
  if (active === undefined || typeof active === 'boolean') return active
  throw new DomainError('request.malformed-value', 'Send true or false.', { field: 'active' })
}

/** Read under a lock, so that two flips at once end where they began. */
const isActive = async (req: PayloadRequest, id: string): Promise<boolean> => {
  const db = await transactionOf(req)
  const { rows } = await db.execute<{ active: boolean | null }>(
    sql`select affiliate_active as active from users where id = ${id} for no key update`,
  )
  return rows[0]?.active ?? false
}
