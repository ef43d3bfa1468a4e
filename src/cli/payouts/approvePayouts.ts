import type { Payload } from 'payload'

import { inTransaction } from '../../database/inTransaction.ts'
import { dbIn } from '../../database/dbIn.ts'
import { findReferences } from '../../payouts/withdrawals/listWithdrawals.ts'
import { approveWithdrawals } from '../../payouts/withdrawals/approveWithdrawals.ts'
import { now } from '../../platform/clock.ts'
import { actAs } from './actAs.ts'

export type ApprovedPayout = {
  reference: string
  result: 'approved' | 'needs-second' | 'refused'
  why?: string
}

/** Approves withdrawals as a person, by the rules of the product. Each is decided by itself. */
export const approvePayouts = async (
  payload: Payload,
  { as, references }: { as: string; references: readonly string[] },
): Promise<ApprovedPayout[]> => {
  const { by, req } = await actAs(payload, as)
  return inTransaction(req, async () => {
    const ids = await findReferences(await dbIn(req), references)
    const { approved, refused } = await approveWithdrawals(req, {
      ids: [...ids.values()],
      by,
      now: now(),
    })
    const why = new Map(refused.map(({ id, message }) => [id, message]))
    return [...new Set(references)].map((reference): ApprovedPayout => {
      const id = ids.get(reference)
      if (id === undefined) return { reference, result: 'refused', why: 'There is no such one.' }
      const message = why.get(id)
      if (message !== undefined) return { reference, result: 'refused', why: message }
      return { reference, result: approved.includes(id) ? 'approved' : 'needs-second' }
    })
  })
}
