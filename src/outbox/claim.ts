import { sql } from '@payloadcms/db-postgres'

import { OTP } from '../domain/otp.ts'
import type { Database } from '../ledger/transactionOf.ts'
import { otp } from '../messaging/templates/otp.ts'
import type { Lane } from '../messaging/types.ts'
import type { ClaimedRow } from './types.ts'

/**
 * Takes up to `limit` due rows of these lanes for `leaseMs`, those of an earlier lane first; rows
 * that another worker is at are left to it. Leases are read on the database's clock alone, so that
 * a worker whose own is wrong steals nothing; `now` only says what is due.
 */
export const claim = async (
  db: Database,
  {
    lanes,
    leaseMs,
    limit,
    now,
    token,
  }: { lanes: Lane[]; leaseMs: number; limit: number; now: Date; token: string },
): Promise<ClaimedRow[]> => {
  if (lanes.length === 0) return []
  const expired = new Date(now.getTime() - OTP.minutes * 60_000).toISOString()
  const chosen = sql.join(
    lanes.map((lane) => sql`${lane}::enum_notifications_lane`),
    sql`, `,
  )
  const { rows } = await db.execute<ClaimedRow>(sql`
    with due as (
      select id from notifications
      where status = 'pending' and lane in (${chosen}) and next_attempt_at <= ${now.toISOString()}
      order by lane, next_attempt_at limit ${limit} for update skip locked
    ), claimed as (
      update notifications n set status = 'sending', lease_token = ${token},
        lease_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond',
        attempt_started_at = null, updated_at = ${now.toISOString()}
      from due where n.id = due.id
      returning n.*
    )
    select c.id, c.dedupe_key as key, c.lane, c.channel, c.template, c.category, c.locale, c."to", c.data, c.secret,
      c.attempt_count::int, c.is_possible_duplicate, u.time_zone,
      case when c.template = ${otp.name} and c.created_at <= ${expired} then 'expired' else (
        select s.reason::text from suppressions s
        where s.channel::text = c.channel::text and s.address = lower(c."to")
          and (c.category <> 'security' or s.reason in ('bounce', 'by-hand')) limit 1
      ) end as suppression
    from claimed c left join users u on u.id = c.user_id
    order by c.lane, c.next_attempt_at`)
  return rows
}
