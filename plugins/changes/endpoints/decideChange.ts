import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'

import { applyChange } from '../../../src/changes/applyChange.ts'
import { closeChange } from '../../../src/changes/closeChange.ts'
import { inTransaction } from '../../../src/database/inTransaction.ts'
import { DomainError } from '../../../src/domain/errors.ts'
import { now } from '../../../src/platform/clock.ts'
import { readBody } from '../../http/readBody.ts'
import { requireAdmin } from '../../http/requireRole.ts'
import { routeId } from '../../http/routeId.ts'

const Body = z.object({
  reason: z.string('Give a text.').trim().max(500, 'At most 500 characters.').nullish(),
})

type Verb = 'approve' | 'cancel' | 'reject'

/**
 * `POST /api/change-requests/:id/approve`, `…/reject` and `…/cancel` `{reason?}`: a second admin
 * approves or rejects a change that waits, its requester cancels it. An approved change takes
 * effect in the same transaction.
 *
 * @throws DomainError `change.superseded` the document has changed since, and the request is closed
 * @throws DomainError as `applyChange` and `closeChange` do
 */
export const decideChange = (verb: Verb): Endpoint => ({
  path: `/:id/${verb}`,
  method: 'post',
  handler: async (req) => {
    const by = requireAdmin(req)
    const id = routeId(req)
    const { reason } = await readBody(req, Body)
    const decision = { by, reason: reason || null }
    const status = await inTransaction(req, () => decide(req, id, verb, decision))
    if (status === 'superseded') throw superseded()
    return Response.json({ change: id, status })
  },
})

const decide = async (
  req: PayloadRequest,
  id: string,
  verb: Verb,
  { by, reason }: { by: string; reason: string | null },
): Promise<string> => {
  if (verb === 'approve') {
    return applyChange(req, id, { authority: { kind: 'admin', id: by }, now: now(), reason })
  }
  const status = verb === 'reject' ? 'rejected' : 'cancelled'
  await closeChange(req, id, { status, by, reason, now: now() })
  return status
}

const superseded = (): DomainError =>
  new DomainError(
    'change.superseded',
    'The document has changed since this was requested. The request is closed; make a new one.',
  )
