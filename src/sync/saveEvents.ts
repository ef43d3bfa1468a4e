import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'
import { movesOf } from './movesOf.ts'
import type { Decided } from './types.ts'

/** An event as it is now: its id, and how often money has moved for it, this time included. */
export type SavedEvent = { id: string; sale: string; postings: number }

const KEEPS_GRANT = sql`(excluded.ended_at is null and excluded.member_id = e.member_id)`

/**
 * Writes what was decided, one event for each sale. What ends ends its approval by age too: the
 * network's next word does not bring that back. Nor is it handed on to another member. Answers them
 * by their sale.
 */
export const saveEvents = async (
  db: Database,
  decided: Decided[],
  now: Date,
): Promise<Map<string, SavedEvent>> => {
  const at = now.toISOString()
  const body = JSON.stringify(
    decided.map(({ amountMinor, creditMinor, sale, status }) => ({
      sale: sale.id,
      member: sale.member,
      merchant: sale.merchant,
      click: sale.click,
      status,
      amountMinor,
      creditMinor,
      moves: movesOf({ sale, creditMinor }).length,
      currency: sale.currency,
      rateBasis: sale.rate.basis,
      rateBps: sale.rate.rateBps,
    })),
  )
  const { rows } = await db.execute<SavedEvent>(sql`
    insert into cashback_events as e (id, sale_id, member_id, merchant_id, click_id, status, amount_minor,
      credited_minor, currency, rate_basis, rate_bps, postings, tracked_at, approved_at, ended_at,
      created_at, updated_at)
    select time_ordered_uuid(), d.sale, d.member, d.merchant, d.click,
      d.status::enum_cashback_events_status, d."amountMinor", d."creditMinor", d.currency,
      d."rateBasis"::enum_cashback_events_rate_basis, d."rateBps", d.moves, ${at},
      case when d.status in ('approved', 'paid') then ${at}::timestamptz end,
      case when d.status in ('declined', 'reversed') then ${at}::timestamptz end, ${at}, ${at}
    from jsonb_to_recordset(${body}::jsonb) as d (sale uuid, member uuid, merchant uuid, click uuid,
      status text, "amountMinor" bigint, "creditMinor" bigint, moves int, currency text,
      "rateBasis" text, "rateBps" int)
    order by d.sale
    on conflict (sale_id) do update set status = excluded.status, amount_minor = excluded.amount_minor,
      credited_minor = excluded.credited_minor, currency = excluded.currency, postings = e.postings + excluded.postings,
      member_id = excluded.member_id, click_id = coalesce(excluded.click_id, e.click_id),
      merchant_id = coalesce(excluded.merchant_id, e.merchant_id), rate_basis = excluded.rate_basis, rate_bps = excluded.rate_bps,
      granted_at = case when ${KEEPS_GRANT} then e.granted_at end,
      grant_cap_minor = case when ${KEEPS_GRANT} then e.grant_cap_minor end,
      approved_at = coalesce(e.approved_at, excluded.approved_at), ended_at = excluded.ended_at,
      updated_at = excluded.updated_at
    returning e.id::text, e.sale_id::text as sale, e.postings::int`)
  return new Map(rows.map((row) => [row.sale, row]))
}
