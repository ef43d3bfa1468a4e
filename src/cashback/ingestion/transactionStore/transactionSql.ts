import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'

/**
 * Selects the last known status of the network transaction with that alias. It is `unknown` if the
 * network has reported only unmapped statuses.
 */
export const lastKnownStatus = (row: SQL): SQL =>
  sql`coalesce(${row}.last_known_status::text, ${row}.status::text)`

/**
 * Tests if the transaction with that alias counts in the sums of orders and reversals. Provisional,
 * declined and unknown ones do not. An unmapped status does not change that.
 */
export const isEffective = (row: SQL): SQL => sql`(
  ${row}.is_provisional is not true
  and ${lastKnownStatus(row)} not in ('declined', 'unknown')
)`

/**
 * Selects the attribution click of the transaction with that alias: the reported click, else the
 * transaction's own. An assignment by a person does not change it, so that reversals still find
 * their order.
 */
export const attributionClick = (row: SQL): SQL =>
  sql`coalesce(${row}.reported_click_id, ${row}.click_id)`

/**
 * Tests if a reversal is of the same programme as an order with its number: order numbers are unique
 * within a programme only. A reversal without a programme is, if the number is of one programme.
 */
export const isOfProgram = ({ order, reversal }: { reversal: SQL; order: SQL }): SQL => sql`(
  ${reversal}.program_id is not distinct from ${order}.program_id
  or ${reversal}.program_id is null
    and not exists (
      select 1 from network_transactions other
      where other.network_id = ${order}.network_id
        and other.order_id = ${order}.order_id
        and other.reversal_of is null
        and other.program_id is distinct from ${order}.program_id
    )
)`

/**
 * Selects the amount that reversals take off the commission of the transaction `s`; zero or below,
 * in minor units. An order may have several transactions, one for each item: its reversals are
 * taken from them one after the other, oldest first. So it is what the earlier items leave of the
 * reversals, and may exceed the item's commission: of items of 50 and 30 with a reversal of -60, the
 * first gets -60 and the second -10. Only effective transactions count. A reversal without a programme
 * counts if the order is of one programme.
 */
export const REVERSED_MINOR: SQL = sql`(
  select least(
    0,
    coalesce(sum(x.commission_minor) filter (where x.reversal_of = s.order_id), 0)
      + coalesce(
        sum(greatest(x.commission_minor, 0)) filter (
          where x.reversal_of is null
            and (x.event_at, x.external_id) < (s.event_at, s.external_id)
        ),
        0
      )
  )
  from network_transactions x
  where s.order_id is not null
    and x.network_id = s.network_id
    and (x.reversal_of = s.order_id or (x.reversal_of is null and x.order_id = s.order_id))
    and x.currency = s.currency
    and (
      x.program_id is not distinct from s.program_id
      or x.reversal_of is not null and ${isOfProgram({ reversal: sql`x`, order: sql`s` })}
    )
    and ${isEffective(sql`x`)}
)`
