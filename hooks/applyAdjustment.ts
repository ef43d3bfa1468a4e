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
  if (operation !== 'create') return doc
  if (needsSecondPerson(await amountOf(doc, req), await limitsOf(req))) return doc
  const decided = await postAdjustment({
    adjustment: doc,
    at: now(),
    decidedBy: idOf(doc.requestedBy),
    req,
  })
  return { ...doc, ...decided }
}

const amountOf = async (doc: Adjustment, req: PayloadRequest) => {
  const { currency, effect } = doc
  const [member, requestedBy] = [idOf(doc.member), idOf(doc.requestedBy)]
  const db = await transactionOf(req)
  // One after the other for each member, so that two at once cannot both fit below the limit.
  await db.execute(sql`select 1 from users where id = ${member} for no key update`)
  const since = new Date(now().getTime() - DAY_MS).toISOString()
  const { rows } = await db.execute<{ sum: string }>(sql`
    select coalesce(sum(amount_minor), 0) as sum from adjustments
    where member_id = ${member} and effect = ${effect} and currency = ${currency}
      and status = 'posted' and decided_at > ${since}`)
  return {
    amountMinor: doc.amountMinor ?? 0,
    currency,
    effect,
    earlierMinor: Number(rows[0]?.sum ?? 0),
    isOwn: member === requestedBy,
  }
}

const DAY_MS = 86_400_000

const idOf = (person: Adjustment['requestedBy']): string | null =>
  typeof person === 'object' ? (person?.id ?? null) : (person ?? null)

const limitsOf = async (req: PayloadRequest): Promise<ApprovalLimit[]> => {
  const db = await transactionOf(req)
  const { rows } = await db.execute<{ currency: string; above: string }>(
    sql`select currency, above_minor as above from finance_config_second_person`,
  )
  return rows.map(({ above, currency }) => ({ currency, aboveMinor: Number(above) }))
}
