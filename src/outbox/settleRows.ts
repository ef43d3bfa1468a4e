import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'
import type { DeliveryEvent } from '../messaging/types.ts'
import { RANKS } from './leadingReport.ts'

export type Settlement = { notification: string; report: DeliveryEvent }
export type SettledRow = { id: string; channel: 'email' | 'sms'; to: string }

/**
 * Moves rows on to what was reported of them, all in one statement; none goes back. One whose
 * outcome nobody knew, or that waits to be sent again, is settled: whoever has a lease on it loses
 * that, and its attempts say that a report decided. Rows that somebody is writing at this moment
 * are left out, since waiting for several could end in two waiting for each other.
 */
export const settleRows = async (
  db: Database,
  { now, settlements }: { settlements: Settlement[]; now: Date },
): Promise<SettledRow[]> => {
  if (settlements.length === 0) return []
  const at = now.toISOString()
  const told = settlements.map(({ notification, report }) => ({
    id: notification,
    rank: RANKS[report.status],
    status: report.status === 'failed' ? 'bounced' : report.status,
    reason: report.status === 'sent' || report.status === 'delivered' ? null : report.code,
    provider: report.provider,
    theirs: report.providerMessageId,
    at: report.at,
    attempt: { at, provider: report.provider, outcome: 'accepted', code: 'reported' },
  }))
  const { rows } = await db.execute<SettledRow>(sql`
    with told as (
      select * from jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as t (id uuid, rank int,
        status text, reason text, provider text, theirs text, at timestamptz, attempt jsonb)
    ), free as (
      select id from notifications where id in (select id from told) order by id for update skip locked
    )
    update notifications n set updated_at = ${at},
      status = case when t.rank > ${RANK} then t.status::enum_notifications_status else n.status end,
      reason = case when t.rank > ${RANK} then t.reason else n.reason end,
      attempts = case when ${RANK} = 0
        then coalesce(n.attempts, '[]'::jsonb) || jsonb_build_array(t.attempt) else n.attempts end,
      provider = coalesce(n.provider, t.provider),
      provider_message_id = coalesce(n.provider_message_id, t.theirs),
      sent_at = coalesce(n.sent_at, t.at), final_at = coalesce(n.final_at, ${at}), secret = null,
      lease_token = null, lease_until = null, attempt_started_at = null
    from told t join free on free.id = t.id
    where n.id = t.id
    returning n.id, n.channel::text as channel, n."to"`)
  return rows
}

/** Where a row stands on its way. What a person decided stays, whatever is reported. */
const RANK = sql`(case n.status when 'sent' then 1 when 'delivered' then 2 when 'bounced' then 3
  when 'discarded' then 4 when 'suppressed' then 4 else 0 end)`
