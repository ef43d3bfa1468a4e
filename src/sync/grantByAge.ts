import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import type { PayloadRequest } from 'payload'

import { type Database, transactionOf } from '../ledger/transactionOf.ts'
import { lockNetwork } from './lockNetwork.ts'
import { reduceSales } from './reduceSales.ts'

/**
 * Approves pending cashback of sales that are old enough, at most `limit` of them, oldest first: by
 * the config, either what a network has confirmed and whose word is final, or whatever it says, up
 * to a cap; never one that a postback alone tells of, and none of a network that was not read for
 * longer than expected: its declines would be known too late. Runs in the caller's transaction;
 * answers how many it approved.
 */
export const grantByAge = async (
  req: PayloadRequest,
  { limit, now }: { limit: number; now: Date },
): Promise<number> => {
  const db = await transactionOf(req)
  const at = now.toISOString()
  const networks = await lockDue(db, { at, limit })
  const { rows } = await db.execute<{ sale: string }>(sql`
    with due as (
      ${dueAt(at)} and s.network_id in
        (select value::uuid from jsonb_array_elements_text(${JSON.stringify(networks)}::jsonb))
      order by s.event_at, e.id limit ${limit} for update of e skip locked
    )
    update cashback_events e set granted_at = ${at}, grant_cap_minor = due.cap, updated_at = ${at}
    from due where e.id = due.id returning e.sale_id::text as sale`)
  await reduceSales(req, { ids: rows.map(({ sale }) => sale), now })
  return rows.length
}

/**
 * A page of one of these networks may approve the same cashback at this moment, and both would
 * credit it: one waits for the other. In one order, so that two grants never wait for each other.
 */
const lockDue = async (
  db: Database,
  { at, limit }: { at: string; limit: number },
): Promise<string[]> => {
  const { rows } = await db.execute<{ network: string }>(sql`
    with due as (${dueAt(at)} order by s.event_at, e.id limit ${limit})
    select distinct network from due order by network`)
  for (const { network } of rows) await lockNetwork(db, network)
  return rows.map(({ network }) => network)
}

const dueAt = (at: string): SQL => sql`
  select e.id, s.network_id::text as network, case when config.auto_approve = 'by-age-with-cap'
    then coalesce(m.age_cap_minor, config.age_cap_minor, 0) end as cap
  from cashback_events e join network_transactions s on s.id = e.sale_id
  join networks n on n.id = s.network_id left join merchants m on m.id = e.merchant_id
  cross join (select * from cashback_config limit 1) config
  where e.status = 'pending' and e.granted_at is null and s.return_of is null
    and s.is_hint is not true
    and s.event_at <= ${at}::timestamptz - config.auto_approve_days * interval '1 day'
    and n.last_success_at
      >= ${at}::timestamptz - n.expected_freshness_hours * interval '1 hour'
    and case config.auto_approve
      when 'by-age-with-cap' then s.status in ('pending', 'confirmed')
        and coalesce(m.age_cap_minor, config.age_cap_minor, 0) > 0
      when 'when-network-allows' then s.status = 'confirmed' and n.confirmed_is_final
      else false end`
