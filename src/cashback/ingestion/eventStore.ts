import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'

import type { CashbackRate } from '../../domain/cashback/cashback.ts'
import type { CashbackStatus } from '../../domain/cashback/cashbackEvent.ts'
import type { Database } from '../../database/dbIn.ts'

/** The decided state of a cashback event. Amounts in minor units. */
export type EventToSave = {
  transaction: string
  member: string
  merchant: string | null
  click: string | null
  status: CashbackStatus
  amountMinor: number
  creditMinor: number
  /** The most that may be credited; null: no limit. */
  ceilingMinor: number | null
  hold: 'held' | 'rejected' | null
  /** The number of transfers that bring the wallet to this credit. */
  moves: number
  currency: string
  rateBasis: CashbackRate['basis']
  rateBps: number
}

/**
 * A stored event. `postings` counts its transfers, including those that follow in this database
 * transaction.
 */
export type SavedEvent = { id: string; transaction: string; postings: number }

const KEEPS_AUTO_APPROVAL = sql`(excluded.ended_at is null and excluded.member_id = e.member_id)`

/**
 * Writes cashback events, one for each transaction, and returns them by their transaction. An event
 * that ends, or that moves to another member, loses its automatic approval: a later status of the
 * network does not restore it.
 */
export const saveEvents = async (
  db: Database,
  events: EventToSave[],
  now: Date,
): Promise<Map<string, SavedEvent>> => {
  const at = now.toISOString()
  const { rows } = await db.execute<SavedEvent>(sql`
    insert into cashback_events as e (id, transaction_id, member_id, merchant_id, click_id, status,
      amount_minor, credited_minor, credit_ceiling_minor, hold, currency, rate_basis, rate_bps,
      postings, tracked_at,
      approved_at, ended_at, created_at, updated_at)
    select time_ordered_uuid(), d.transaction, d.member, d.merchant, d.click,
      d.status::enum_cashback_events_status, d."amountMinor", d."creditMinor",
      d."ceilingMinor", d.hold::enum_cashback_events_hold, d.currency, d."rateBasis"::enum_cashback_events_rate_basis, d."rateBps", d.moves, ${at},
      case when d.status in ('approved', 'paid') then ${at}::timestamptz end,
      case when d.status in ('declined', 'reversed') then ${at}::timestamptz end,
      ${at}, ${at}
    from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as d (transaction uuid, member uuid,
      merchant uuid, click uuid, status text, "amountMinor" bigint, "creditMinor" bigint,
      "ceilingMinor" bigint, hold text, moves int, currency text, "rateBasis" text, "rateBps" int)
    order by d.transaction
    on conflict (transaction_id) do update set
      status = excluded.status,
      amount_minor = excluded.amount_minor,
      credited_minor = excluded.credited_minor,
      credit_ceiling_minor = excluded.credit_ceiling_minor,
      hold = excluded.hold,
      currency = excluded.currency,
      postings = e.postings + excluded.postings,
      member_id = excluded.member_id,
      click_id = coalesce(excluded.click_id, e.click_id),
      merchant_id = coalesce(excluded.merchant_id, e.merchant_id),
      rate_basis = excluded.rate_basis,
      rate_bps = excluded.rate_bps,
      auto_approved_at = case when ${KEEPS_AUTO_APPROVAL} then e.auto_approved_at end,
      auto_approve_cap_minor = case when ${KEEPS_AUTO_APPROVAL} then e.auto_approve_cap_minor end,
      approved_at = coalesce(e.approved_at, excluded.approved_at),
      ended_at = excluded.ended_at,
      updated_at = excluded.updated_at
    returning e.id::text, e.transaction_id::text as transaction, e.postings::int`)
  return new Map(rows.map((row) => [row.transaction, row]))
}

/**
 * Records the automatic approval of the events that `due` selects (columns `id`, `cap`). Returns
 * the ids of their transactions.
 */
export const recordAutoApproval = async (db: Database, due: SQL, now: Date): Promise<string[]> => {
  const at = now.toISOString()
  const { rows } = await db.execute<{ transaction: string }>(sql`
    with due as (${due})
    update cashback_events e
    set auto_approved_at = ${at}, auto_approve_cap_minor = due.cap, updated_at = ${at}
    from due where e.id = due.id
    returning e.transaction_id::text as transaction`)
  return rows.map(({ transaction }) => transaction)
}

/**
 * Deletes the events of transactions that lost their member, if no money has moved. An event that
 * moved money stays, so that `applyCashback` takes the money back.
 */
export const deleteUnpostedEvents = async (db: Database, transactions: string[]): Promise<void> => {
  if (transactions.length === 0) return
  await db.execute(sql`
    delete from cashback_events
    where postings = 0 and transaction_id in (
      select value::uuid from jsonb_array_elements_text(${JSON.stringify(transactions)}::jsonb)
    )`)
}

/**
 * Raises the ceilings of events to the amounts that a second person approved; for the members that
 * they were approved for.
 */
export const raiseCeilings = async (
  db: Database,
  approved: { transaction: string; member: string; toMinor: number }[],
): Promise<void> => {
  if (approved.length === 0) return
  await db.execute(sql`
    update cashback_events e set credit_ceiling_minor = a."toMinor", hold = null
    from jsonb_to_recordset(${JSON.stringify(approved)}::jsonb)
      as a (transaction uuid, member uuid, "toMinor" bigint)
    where e.transaction_id = a.transaction and e.member_id = a.member`)
}

/** Marks the events of these transactions as rejected by a second person. Their ceilings stay. */
export const rejectHolds = async (db: Database, transactions: string[]): Promise<void> => {
  if (transactions.length === 0) return
  await db.execute(sql`
    update cashback_events set hold = 'rejected'
    where hold = 'held' and transaction_id in (
      select value::uuid from jsonb_array_elements_text(${JSON.stringify(transactions)}::jsonb)
    )`)
}

/** Lists the transactions of a stored page with a credit that a second person rejected. */
export const listRejectedOfPage = async (db: Database, page: string): Promise<string[]> => {
  const { rows } = await db.execute<{ id: string }>(sql`
    select s.id::text
    from network_transactions s
    join cashback_events e on e.transaction_id = s.id
    where s.page_id = ${page} and e.hold = 'rejected'`)
  return rows.map(({ id }) => id)
}
