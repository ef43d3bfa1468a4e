import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import type { PayloadRequest } from 'payload'

import { type Database, dbIn } from '../../database/dbIn.ts'
import { applyCashback } from './applyCashback.ts'
import { recordAutoApproval } from './eventStore.ts'
import { lockIngestion } from './ingestPage.ts'

/**
 * Approves pending cashback of transactions that are old enough: at most `limit` of them, oldest
 * first. The cashback config selects either the transactions that a network has confirmed, if its
 * confirmation is final (`when-network-allows`), or all that it reports, up to a cap
 * (`by-age-with-cap`). It leaves out provisional
 * transactions, and stale networks, because their declines would come too late. Runs in the
 * caller's database transaction. Returns the number of approvals.
 */
export const autoApprove = async (
  req: PayloadRequest,
  { limit, now }: { limit: number; now: Date },
): Promise<number> => {
  const db = await dbIn(req)
  const at = now.toISOString()
  const networks = await lockDueNetworks(db, { at, limit })
  const due = sql`
    ${selectDue(at)}
      and s.network_id in (
        select value::uuid from jsonb_array_elements_text(${JSON.stringify(networks)}::jsonb)
      )
    order by s.event_at, e.id limit ${limit}
    for update of e skip locked`
  const ids = await recordAutoApproval(db, due, now)
  await applyCashback(req, { ids, now })
  return ids.length
}

/**
 * Waits until no page of these networks is being ingested: a page may approve the same cashback,
 * and then both would credit it. Locks networks in ascending order, so that two approvals never
 * deadlock.
 */
const lockDueNetworks = async (
  db: Database,
  { at, limit }: { at: string; limit: number },
): Promise<string[]> => {
  const { rows } = await db.execute<{ network: string }>(sql`
    with due as (${selectDue(at)} order by s.event_at, e.id limit ${limit})
    select distinct network from due order by network`)
  for (const { network } of rows) await lockIngestion(db, network)
  return rows.map(({ network }) => network)
}

const selectDue = (at: string): SQL => sql`
  select e.id,
    s.network_id::text as network,
    case
      when config.auto_approve = 'by-age-with-cap'
        then coalesce(m.age_cap_minor, config.age_cap_minor, 0)
    end as cap
  from cashback_events e
  join network_transactions s on s.id = e.transaction_id
  join networks n on n.id = s.network_id
  left join merchants m on m.id = e.merchant_id
  cross join (select * from cashback_config limit 1) config
  where e.status = 'pending'
    and e.auto_approved_at is null
    and s.reversal_of is null
    and s.is_provisional is not true
    and s.event_at <= ${at}::timestamptz - config.auto_approve_days * interval '1 day'
    and n.last_success_at >= ${at}::timestamptz - n.expected_freshness_hours * interval '1 hour'
    and case config.auto_approve
      when 'by-age-with-cap' then s.status in ('pending', 'confirmed')
        and coalesce(m.age_cap_minor, config.age_cap_minor, 0) > 0
      when 'when-network-allows' then s.status = 'confirmed' and n.confirmed_is_final
      else false
    end`
