import type { Endpoint } from 'payload'
import { z } from 'zod'

import { inTransaction } from '../../../../src/database/inTransaction.ts'
import { resolveAttempt as resolve } from '../../../../src/payouts/batches/resolveAttempt.ts'
import { now } from '../../../../src/platform/clock.ts'
import { readBody } from '../../../http/readBody.ts'
import { requireFinance } from '../../../http/requireRole.ts'
import { requireReason } from '../../../http/requireReason.ts'

const key = 'Give the key of the attempt.'
const Body = z.object({
  attempt: z.string(key).max(40, key),
  found: z.enum(['paid', 'not-paid'], 'Give paid or not-paid.'),
  reason: z.string().optional(),
})

/**
 * `POST /api/payout-attempts/resolve` `{attempt, found: 'paid' | 'not-paid', reason}`: a person who did
 * not approve the withdrawal says what became of an attempt in doubt, or of one that was reported as
 * paid after its money had gone back.
 */
export const resolveAttempt: Endpoint = {
  path: '/resolve',
  method: 'post',
  handler: async (req) => {
    const by = requireFinance(req)
    const { attempt, found, ...rest } = await readBody(req, Body)
    const reason = requireReason(rest)
    await inTransaction(req, () => resolve(req, { key: attempt, found, by, reason, now: now() }))
    return Response.json({ attempt, found })
  },
}
