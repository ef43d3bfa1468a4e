import { sql } from '@payloadcms/db-postgres'
import type { CollectionAfterChangeHook, PayloadRequest } from 'payload'

import { postAdjustment } from '../src/adjustments/postAdjustment.ts'
import { now } from '../src/clock.ts'
import { type ApprovalLimit, needsSecondPerson } from '../src/domain/secondPerson.ts'
import { transactionOf } from '../src/ledger/transactionOf.ts'
import type { Adjustment } from '../src/payload-types.ts'

/** Posts a new adjustment at once, unless a second person has to confirm it: then it stays pending. */
export const applyAdjustment: CollectionAfterChangeHook<Adjustment> = async ({
  doc,
  operation,
  req,
}) => {
  if (operation !== 'create' || needsSecondPerson(amountOf(doc), await limitsOf(req))) return doc
  const requestedBy = typeof doc.requestedBy === 'object' ? doc.requestedBy?.id : doc.requestedBy
  const decided = await postAdjustment({
    adjustment: doc,
    at: now(),
    decidedBy: requestedBy ?? null,
    req,
  })
  return { ...doc, ...decided }
}

const amountOf = ({ amountMinor, currency, effect }: Adjustment) => ({
  amountMinor: amountMinor ?? 0,
  currency,
  effect,
})

const limitsOf = async (req: PayloadRequest): Promise<ApprovalLimit[]> => {
  const db = await transactionOf(req)
  const { rows } = await db.execute<{ currency: string; above: string }>(
    sql`select currency, above_minor as above from finance_config_second_person`,
  )
  return rows.map(({ above, currency }) => ({ currency, aboveMinor: Number(above) }))
}
