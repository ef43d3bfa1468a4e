import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'

import { roleOf } from '../../../../collections/access.ts'
import { inTransaction } from '../../../../src/database/inTransaction.ts'
import { DomainError } from '../../../../src/domain/errors.ts'
import {
  holdWithdrawal as hold,
  liftHold as lift,
  rejectWithdrawal as reject,
} from '../../../../src/payouts/withdrawals/stopWithdrawal.ts'
import { now } from '../../../../src/platform/clock.ts'
import { readBody } from '../../../http/readBody.ts'
import { requireFinance } from '../../../http/requireRole.ts'
import { requireReason } from '../../../http/requireReason.ts'
import { routeId } from '../../../http/routeId.ts'

const Reason = z.object({ reason: z.string().optional() })

/** `POST /api/withdrawals/:id/reject` `{reason}`: the money goes back, and the member learns why. */
export const rejectWithdrawal: Endpoint = {
  path: '/:id/reject',
  method: 'post',
  handler: async (req) => {
    const by = requirePerson(req)
    const id = routeId(req)
    const reason = requireReason(await readBody(req, Reason))
    await inTransaction(req, () => reject(req, { id, by, reason, now: now() }))
    return Response.json({ id, status: 'rejected' })
  },
}

const until = 'Give the next date of the hold, within 90 days, such as 2026-11-30T10:00:00Z.'
const Hold = z.object({
  reason: z.string().optional(),
  until: z.iso.datetime({ offset: true, error: until }).transform((text) => new Date(text)),
  owner: z.guid('Give the id of a member of the staff.').nullish(),
})
const MAX_HOLD_MS = 90 * 86_400_000

/**
 * `POST /api/withdrawals/:id/hold` `{reason, until, owner?}`: the member learns the reason and the next
 * date; the owner, by default who holds it, takes care of it. Its approvals end.
 */
export const holdWithdrawal: Endpoint = {
  path: '/:id/hold',
  method: 'post',
  handler: async (req) => {
    const by = requirePerson(req)
    const id = routeId(req)
    const body = await readBody(req, Hold)
    const reason = requireReason(body)
    const at = now()
    if (body.until <= at || body.until.getTime() - at.getTime() > MAX_HOLD_MS) {
      throw new DomainError('request.malformed-value', until, { field: 'until' })
    }
    const owner = body.owner ?? by.id
    await requireStaffMember(req, owner)
    await inTransaction(req, () => hold(req, { id, by, reason, owner, until: body.until, now: at }))
    return Response.json({ id, status: 'on-hold' })
  },
}

/** `POST /api/withdrawals/:id/lift-hold` `{reason}`: by who set it, or an admin. */
export const liftHold: Endpoint = {
  path: '/:id/lift-hold',
  method: 'post',
  handler: async (req) => {
    const by = requirePerson(req)
    const id = routeId(req)
    const reason = requireReason(await readBody(req, Reason))
    await inTransaction(req, () => lift(req, { id, by, reason, now: now() }))
    return Response.json({ id, status: 'requested' })
  },
}

const requirePerson = (req: PayloadRequest): { id: string; role: string } => ({
  id: requireFinance(req),
  role: roleOf(req) ?? '',
})

const requireStaffMember = async (req: PayloadRequest, id: string): Promise<void> => {
  const { totalDocs } = await req.payload.count({
    collection: 'users',
    where: { and: [{ id: { equals: id } }, { role: { not_equals: 'member' } }] },
    overrideAccess: false,
    user: req.user,
    req,
  })
  if (totalDocs === 1) return
  const text = 'Give the id of a member of the staff.'
  throw new DomainError('request.malformed-value', text, { field: 'owner' })
}
