import { sql } from '@payloadcms/db-postgres'

import type { MatchedLine } from '../../../domain/cashback/matchPayoutLines.ts'
import type { Database } from '../../../database/dbIn.ts'
import type { TransactionRow } from '../../networks/types.ts'

/** What changes transactions beside the observations of pages: postbacks, people, statements. */

/** A reversal with the order that it is now matched to; `was` is the former order. */
export type MatchedReversal = { id: string; was: string | null; order: string | null }

/**
 * Links reversals to the orders that they are matched to. Returns the ids of the reversals, and of
 * the transactions of the former orders.
 */
export const linkReversals = async (
  db: Database,
  reversals: MatchedReversal[],
): Promise<string[]> => {
  if (reversals.length === 0) return []
  const { rows } = await db.execute<{ id: string }>(sql`
    with moved as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(reversals)}::jsonb)
        as m (id uuid, was text, "order" text)
    ), linked as (
      update network_transactions r
      set reversal_of = m."order", is_reversal_inferred = m."order" is not null
      from moved m where r.id = m.id
      returning r.id, r.network_id, m.was
    )
    select id::text from linked
    union
    select o.id::text
    from linked
    join network_transactions o
      on o.network_id = linked.network_id and o.order_id = linked.was`)
  return rows.map(({ id }) => id)
}

type Assigned = {
  transaction: string
  member: string
  click: string | null
  merchant: string | null
  now: Date
}

/**
 * Assigns an unattributed transaction to a member, and keeps the reported click. Returns false if
 * the transaction already has a member.
 */
export const assignMember = async (
  db: Database,
  { click, member, merchant, now, transaction }: Assigned,
): Promise<boolean> => {
  const { rows } = await db.execute(sql`
    update network_transactions set
      member_id = ${member},
      click_id = coalesce(${click}, click_id),
      reported_click_id = case when click_id <> ${click}::uuid then click_id end,
      merchant_id = coalesce(merchant_id, ${merchant}),
      updated_at = ${now.toISOString()}
    where id = ${transaction} and member_id is null
    returning id`)
  return rows.length > 0
}

type Paid = {
  currency: string
  lines: MatchedLine[]
  /** A day. */
  paidAt: string
  now: Date
}

/**
 * Records the payment of transactions by a statement, with its amount: null if it pays in another
 * currency than the network reported. The first payment stays. Returns the ids of the transactions.
 */
export const recordPayments = async (
  db: Database,
  { currency, lines, now, paidAt }: Paid,
): Promise<string[]> => {
  const paid = lines.flatMap(({ amountMinor, isPaying, transaction }) => {
    if (!isPaying || !transaction) return []
    const paidMinor = transaction.currency === currency ? amountMinor : null
    return [{ transaction: transaction.id, paidMinor }]
  })
  if (paid.length === 0) return []
  const { rows } = await db.execute<{ id: string }>(sql`
    update network_transactions s set
      paid_at = ${`${paidAt}T00:00:00Z`},
      paid_minor = p."paidMinor",
      updated_at = ${now.toISOString()}
    from jsonb_to_recordset(${JSON.stringify(paid)}::jsonb)
      as p (transaction uuid, "paidMinor" bigint)
    where s.id = p.transaction and s.paid_at is null
    returning s.id::text`)
  return rows.map(({ id }) => id)
}

/** The report of a postback on a transaction, and its time. */
export type ProvisionalRow = TransactionRow & { receivedAt: string }

/** Records the latest status that a postback reported, beside the one of the API. */
export const recordProvisionalStatus = async (
  db: Database,
  { network, now }: { network: string; now: Date },
  rows: ProvisionalRow[],
): Promise<void> => {
  const body = rows.map(({ externalId, receivedAt, status }) => ({
    externalId,
    receivedAt,
    status,
  }))
  await db.execute(sql`
    update network_transactions t set
      provisional_status = p.status::enum_network_transactions_provisional_status,
      provisional_at = p."receivedAt",
      updated_at = ${now.toISOString()}
    from jsonb_to_recordset(${JSON.stringify(body)}::jsonb)
      as p ("externalId" text, status text, "receivedAt" timestamptz)
    where t.network_id = ${network} and t.external_id = p."externalId"
      and (t.provisional_at is null or t.provisional_at <= p."receivedAt")`)
}

type Accepted = { network: string; now: Date; observedAt: Date; rows: ProvisionalRow[] }

/**
 * Applies the status and amounts that postbacks reported, if there is no later observation. An
 * amount that a postback leaves out stays. Returns the ids of the changed transactions.
 */
export const applyProvisionalStatus = async (
  db: Database,
  { network, now, observedAt, rows: accepted }: Accepted,
): Promise<string[]> => {
  const body = JSON.stringify(accepted.map((row) => ({ ...row, raw: null })))
  const { rows } = await db.execute<{ id: string }>(sql`
    update network_transactions t set
      status = p.status::enum_network_transactions_status,
      last_known_status = null,
      raw_status = p."rawStatus",
      commission_minor = p."commissionMinor",
      sale_minor = coalesce(p."saleMinor", t.sale_minor),
      observed_at = ${observedAt.toISOString()},
      changed_at = null,
      content_hash = 'postback',
      updated_at = ${now.toISOString()}
    from jsonb_to_recordset(${body}::jsonb) as p ("externalId" text, status text,
      "rawStatus" text, "commissionMinor" bigint, "saleMinor" bigint)
    where t.network_id = ${network} and t.external_id = p."externalId"
      and t.observed_at <= ${observedAt.toISOString()}
    returning t.id::text as id`)
  return rows.map(({ id }) => id)
}
