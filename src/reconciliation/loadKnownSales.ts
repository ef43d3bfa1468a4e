import { sql } from '@payloadcms/db-postgres'

import type { KnownSale, PayoutLine } from '../domain/judgePayout.ts'
import type { Database } from '../ledger/transactionOf.ts'

type Row = Omit<KnownSale, 'commissionMinor'> & { commissionMinor: string }

/**
 * The sales of one network that lines of its statement may be about: by id, by order, and what
 * returned of either. One statement, however many lines there are.
 */
export const loadKnownSales = async (
  db: Database,
  network: string,
  lines: PayoutLine[],
): Promise<KnownSale[]> => {
  const body = JSON.stringify(lines.map(({ externalId, orderId }) => ({ externalId, orderId })))
  const { rows } = await db.execute<Row>(sql`
    with line as materialized (
      select distinct l."externalId" as id, l."orderId" as order_id
      from jsonb_to_recordset(${body}::jsonb) as l ("externalId" text, "orderId" text)
    ), named as materialized (
      select s.id, s.order_id from network_transactions s join line on line.id = s.external_id
      where s.network_id = ${network}
    ), orders as materialized (
      select order_id from line where order_id is not null
      union select order_id from named where order_id is not null
    ), wanted as (
      select id from named
      union select s.id from network_transactions s join orders o on o.order_id = s.order_id
        where s.network_id = ${network}
      union select s.id from network_transactions s join orders o on o.order_id = s.return_of
        where s.network_id = ${network} and s.return_of is not null
    )
    select s.id::text, s.external_id as "externalId", s.order_id as "orderId",
      s.return_of as "returnOf", s.status::text, s.commission_minor as "commissionMinor", s.currency,
      s.paid_at is not null as "isPaidFor"
    from wanted join network_transactions s on s.id = wanted.id
    order by s.event_at, s.id`)
  return rows.map((row) => ({ ...row, commissionMinor: Number(row.commissionMinor) }))
}
