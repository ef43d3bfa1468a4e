import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'
import { isEffective, isOfProgram } from '../ingestion/transactionStore/transactionSql.ts'

/** A reversal without an order, or a line of a statement without a transaction. */
export type Unmatched = {
  kind: 'reversal' | 'statement-line'
  id: string
  network: string
  name: string
  /** The reference of the statement; empty for a reversal. */
  reference: string
  /** The ids that the network gives; empty if it gives none. */
  externalId: string
  orderId: string
  programId: string
  /** Below zero for what the network takes back; in minor units. */
  amountMinor: number
  currency: string
  /** The time of the reversal, or the day of the payment, in ISO 8601. */
  at: string
}

/**
 * Selects the reversals that take nothing off any order: they name none, or no order of their
 * programme and currency has their number, or several programmes have it. Declined, unknown and
 * provisional ones take nothing in any case.
 */
const UNMATCHED_REVERSALS = sql`
  from network_transactions r
  where r.commission_minor < 0
    and ${isEffective(sql`r`)}
    and not exists (
      select 1 from network_transactions o
      where o.network_id = r.network_id
        and o.order_id = r.reversal_of
        and o.reversal_of is null
        and o.commission_minor >= 0
        and o.currency = r.currency
        and ${isOfProgram({ reversal: sql`r`, order: sql`o` })}
    )`

/** Counts the unmatched reversals of each network, by its id; a network without any is missing. */
export const countUnmatchedReversals = async (db: Database): Promise<Map<string, number>> => {
  const { rows } = await db.execute<{ network: string; count: number }>(sql`
    select r.network_id::text as network, count(*)::int as count
    ${UNMATCHED_REVERSALS}
    group by r.network_id`)
  return new Map(rows.map(({ count, network }) => [network, count]))
}

type Row = Omit<Unmatched, 'amountMinor'> & { amountMinor: string }

/**
 * Lists unmatched reversals, and the lines of imported statements that found no transaction, newest
 * first.
 */
export const listUnmatched = async (db: Database, limit: number): Promise<Unmatched[]> => {
  const { rows } = await db.execute<Row>(sql`
    with unmatched as (
      select 'reversal' as kind,
        r.id,
        r.network_id,
        '' as reference,
        r.external_id,
        coalesce(r.reversal_of, r.order_id) as order_id,
        r.program_id,
        r.commission_minor as amount_minor,
        r.currency,
        r.event_at as at
      ${UNMATCHED_REVERSALS}
      union all
      select 'statement-line',
        l.id,
        x.network_id,
        x.reference,
        l.external_id,
        l.order_id,
        null,
        l.amount_minor,
        l.currency,
        x.paid_at
      from statement_lines l
      join network_statements x on x.id = l.statement_id
      where l.result = 'unknown'
    )
    select u.kind,
      u.id::text,
      u.network_id::text as network,
      n.name,
      u.reference,
      coalesce(u.external_id, '') as "externalId",
      coalesce(u.order_id, '') as "orderId",
      coalesce(u.program_id, '') as "programId",
      u.amount_minor as "amountMinor",
      u.currency,
      to_json(u.at) #>> '{}' as at
    from unmatched u
    join networks n on n.id = u.network_id
    order by u.at desc, u.id
    limit ${limit}`)
  return rows.map((row) => ({ ...row, amountMinor: Number(row.amountMinor) }))
}
