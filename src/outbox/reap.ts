import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'
import { IS_HOLDER_GONE } from './leaseHolders.ts'

export type Reaped = { released: number; unknown: number; resent: number; dead: number }

/**
 * Looks after rows whose worker is gone. A lease that ended before anything was sent goes back to
 * the queue, and does so at once where the database knows that its worker was killed. One that ended after it has an outcome that nobody knows: it waits `unknownMs` for
 * the provider's report, then is sent once more, flagged as a possible duplicate. A code is not:
 * who waits for one asks for a new one.
 */
export const reap = async (
  db: Database,
  { now, unknownMs }: { now: Date; unknownMs: number },
): Promise<Reaped> => {
  const at = now.toISOString()
  const { rows } = await db.execute<Record<keyof Reaped, number>>(sql`
    with expired as (
      select id from notifications where status = 'sending' and (lease_until < clock_timestamp()
        or attempt_started_at is null and ${IS_HOLDER_GONE})
      for update skip locked
    ), ended as (
      update notifications n set lease_token = null, lease_until = null, updated_at = ${at},
        status = (case when attempt_started_at is null then 'pending' else 'unknown' end)::enum_notifications_status,
        reason = case when attempt_started_at is null then n.reason else 'worker-lost' end,
        attempt_started_at = null,
        next_attempt_at = case when attempt_started_at is null then next_attempt_at
          else ${at}::timestamptz + ${unknownMs} * interval '1 millisecond' end,
        attempts = case when attempt_started_at is null then attempts
          else coalesce(attempts, '[]'::jsonb) || jsonb_build_array(jsonb_build_object(
            'at', ${at}::text, 'provider', provider, 'outcome', 'unknown', 'code', 'worker-lost')) end
      from expired where n.id = expired.id returning n.status::text as status
    ), waited as (
      select id, lane, is_possible_duplicate from notifications
      where status = 'unknown' and next_attempt_at <= ${at} for update skip locked
    ), settled as (
      update notifications n set updated_at = ${at},
        status = (case when again then 'pending' else 'dead' end)::enum_notifications_status,
        is_possible_duplicate = n.is_possible_duplicate or again,
        reason = case when again then n.reason else 'outcome-unknown' end,
        final_at = case when again then null else ${at}::timestamptz end,
        secret = case when again then n.secret end
      from (select id, lane <> 'otp' and not is_possible_duplicate as again from waited) w
      where n.id = w.id returning n.status::text as status
    )
    select (select count(*)::int from ended where status = 'pending') as released,
      (select count(*)::int from ended where status = 'unknown') as unknown,
      (select count(*)::int from settled where status = 'pending') as resent,
      (select count(*)::int from settled where status = 'dead') as dead`)
  return rows[0] ?? { released: 0, unknown: 0, resent: 0, dead: 0 }
}
