import type { Endpoint } from 'payload'
import { z } from 'zod'

import { inTransaction } from '../../../../src/database/inTransaction.ts'
import { DomainError } from '../../../../src/domain/errors.ts'
import { approveWithdrawals as approve } from '../../../../src/payouts/withdrawals/approveWithdrawals.ts'
import { sumWithdrawals } from '../../../../src/payouts/withdrawals/withdrawalStore.ts'
import { dbIn } from '../../../../src/database/dbIn.ts'
import { now } from '../../../../src/platform/clock.ts'
import { readBody } from '../../../http/readBody.ts'
import { requireFinance } from '../../../http/requireRole.ts'
import { routeId } from '../../../http/routeId.ts'

/** `POST /api/withdrawals/:id/approve`: finance or an admin approves one withdrawal. */
export const approveWithdrawal: Endpoint = {
  path: '/:id/approve',
  method: 'post',
  handler: async (req) => {
    const by = requireFinance(req)
    const id = routeId(req)
    const { approved, first, refused } = await inTransaction(req, () =>
      approve(req, { ids: [id], by, now: now() }),
    )
    const [refusal] = refused
    if (refusal) throw new DomainError(refusal.code, refusal.message)
    const status = approved.includes(id) ? 'approved' : 'requested'
    return Response.json({ id, status, needsSecond: first.includes(id) })
  },
}

const MAX_IDS = 10_000
const ids = `Give the ids of 1 to ${MAX_IDS} withdrawals.`
const total = 'Give the total that you saw, in minor units by currency.'
const Body = z.object({
  ids: z
    .array(z.guid(ids), ids)
    .min(1, ids)
    .max(MAX_IDS, ids)
    .refine((given) => new Set(given).size === given.length, ids),
  totals: z.record(z.string().max(3), z.int(total).min(0, total), total),
})

/**
 * `POST /api/withdrawals/approve` `{ids, totals: {INR: 120000}}`: approves many in one transaction. The
 * totals are those that the person confirmed: if they are not those of the ids, nothing happens.
 *
 * Answers `{approved, first, refused}`; each refused one with its code.
 */
export const approveManyWithdrawals: Endpoint = {
  path: '/approve',
  method: 'post',
  handler: async (req) => {
    const by = requireFinance(req)
    const { ids: given, totals } = await readBody(req, Body)
    const result = await inTransaction(req, async () => {
      const sums = await sumWithdrawals(await dbIn(req), given)
      if (!isSame(sums, totals)) {
        throw new DomainError(
          'withdrawal.totals-differ',
          'These are other amounts than confirmed.',
          {
            field: 'totals',
          },
        )
      }
      return approve(req, { ids: given, by, now: now() })
    })
    return Response.json(result)
  },
}

const isSame = (a: Record<string, number>, b: Record<string, number>): boolean =>
  Object.keys({ ...a, ...b }).every((currency) => a[currency] === b[currency])
