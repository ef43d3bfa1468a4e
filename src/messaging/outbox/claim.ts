import { randomInt, randomUUID } from 'node:crypto'

import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'

import type { Database } from '../../database/dbIn.ts'
import { toStorableText } from '../../database/toJson.ts'
import { OTP } from '../../domain/messaging/otp.ts'
import { otp } from '../templates/otp.ts'
import type { Lane } from '../types.ts'
import type { ClaimedRow, Completion } from './types.ts'

type Claim = { lanes: Lane[]; leaseMs: number; limit: number; now: Date; token: string }

/**
 * Leases up to `limit` due rows of these lanes for `leaseMs`, those of an earlier lane first. Skips
 * rows that another worker has locked. The database's clock alone decides about leases, so that a
 * worker with a wrong clock takes no row of another; `now` only decides which rows are due.
 */
export const claimRows = async (
  db: Database,
  { lanes, leaseMs, limit, now, token }: Claim,
): Promise<ClaimedRow[]> => {
  if (lanes.length === 0) return []
  const lane = lanes.map((name) => sql`${name}::enum_notifications_lane`)
  const { rows } = await db.execute<ClaimedRow>(sql`
    with due as (
      select id
      from notifications
      where status = 'pending' and lane in (${sql.join(lane, sql`, `)})
        and next_attempt_at <= ${now.toISOString()}
      order by lane, next_attempt_at
      limit ${limit}
      for update skip locked
    ), claimed as (
      update notifications n
      set status = 'sending',
        lease_token = ${token},
        lease_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond',
        attempt_started_at = null,
        updated_at = ${now.toISOString()}
      from due
      where n.id = due.id
      returning n.*
    )
    select c.id,
      c.dedupe_key as key,
      c.lane,
      c.channel,
      c.template,
      c.category,
      c.locale,
      c."to",
      c.data,
      c.secret,
      c.attempt_count::int,
      c.is_possible_duplicate,
      u.time_zone,
      ${findSuppression(now)} as suppression
    from claimed c
    left join users u on u.id = c.user_id
    order by c.lane, c.next_attempt_at`)
  return rows
}

/** Why a claimed row `c` must not be sent; null when it may. */
const findSuppression = (now: Date) => {
  const otpCutoff = new Date(now.getTime() - OTP.minutes * 60_000).toISOString()
  return sql`case when c.template = ${otp.name} and c.created_at <= ${otpCutoff} then 'expired'
    else (
      select s.reason::text
      from suppressions s
      where s.channel::text = c.channel::text
        and s.address = lower(c."to")
        and (c.category <> 'security' or s.reason in ('bounce', 'by-hand'))
      limit 1
    ) end`
}

/**
 * Records that the sending of these rows starts, and extends their lease. Is committed before a
 * provider is called. Returns the ids of the rows that this token still leases.
 */
export const beginAttempts = async (
  db: Database,
  { ids, leaseMs, token }: { ids: string[]; leaseMs: number; token: string },
): Promise<Set<string>> => {
  const { rows } = await db.execute<{ id: string }>(sql`
    update notifications
    set attempt_started_at = clock_timestamp(),
      attempt_count = attempt_count + 1,
      lease_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
    where id in (${sql.join(
      ids.map((id) => sql`${id}::uuid`),
      sql`, `,
    )}) and status = 'sending' and lease_token = ${token} and lease_until > clock_timestamp()
    returning id`)
  return new Set(rows.map(({ id }) => id))
}

/**
 * Records how attempts ended, in one statement. Changes only rows that this token still leases, so
 * that a worker that slept past its lease changes nothing. Erases the secret of a row that will not
 * be sent again. Returns how many rows changed.
 */
export const completeAttempts = async (
  db: Database,
  { completions, now, token }: { completions: Completion[]; now: Date; token: string },
): Promise<number> => {
  if (completions.length === 0) return 0
  const at = now.toISOString()
  const values = JSON.stringify(completions, toStorableText)
  const { rowCount } = await db.execute(sql`
    update notifications n
    set status = c.status::enum_notifications_status,
      attempts = coalesce(n.attempts, '[]'::jsonb) || c.attempts,
      provider = coalesce(c.provider, n.provider),
      provider_message_id = coalesce(c."providerMessageId", n.provider_message_id),
      next_attempt_at = coalesce(c."nextAttemptAt", n.next_attempt_at),
      reason = c.reason,
      sent_at = case when c.status = 'sent' then ${at}::timestamptz else n.sent_at end,
      final_at = case when c.status in ('sent', 'dead', 'suppressed') then ${at}::timestamptz end,
      secret = case when c.status in ('sent', 'dead', 'suppressed') then null else n.secret end,
      lease_token = null,
      lease_until = null,
      attempt_started_at = null,
      updated_at = ${at}
    from jsonb_to_recordset(${values}::jsonb) as c (
      id uuid,
      status text,
      attempts jsonb,
      provider text,
      "providerMessageId" text,
      "nextAttemptAt" timestamptz,
      reason text
    )
    where n.id = c.id and n.status = 'sending' and n.lease_token = ${token}`)
  return rowCount ?? 0
}

/** Milliseconds until a row is due or a lease ends; null when neither will happen. */
export const findNextDue = async (
  db: Database,
  { lanes, now }: { lanes: Lane[]; now: Date },
): Promise<number | null> => {
  // Rows of a paused lane, or of another job's lanes, must not keep this job awake.
  const open = JSON.stringify(await openLanes(db, lanes))
  const at = sql`${now.toISOString()}::timestamptz`
  const { rows } = await db.execute<{ ms: number | null }>(sql`
    select extract(epoch from least(
      (select min(next_attempt_at) from notifications
        where status = 'pending'
          and lane::text in (select jsonb_array_elements_text(${open}::jsonb))) - ${at},
      (select min(next_attempt_at) from notifications where status = 'unknown') - ${at},
      (select min(lease_until) from notifications where status = 'sending') - clock_timestamp()
    ))::float8 * 1000 as ms`)
  const ms = rows[0]?.ms ?? null
  return ms === null ? null : Math.max(0, ms)
}

/** Those of the lanes that no admin has paused. */
export const openLanes = async (db: Database, lanes: Lane[]): Promise<Lane[]> => {
  const { rows } = await db.execute<Record<Lane, boolean | null>>(sql`
    select otp_paused as otp, money_paused as money, bulk_paused as bulk
    from messaging_config limit 1`)
  return lanes.filter((lane) => rows[0]?.[lane] !== true)
}

/**
 * The class of the advisory locks that workers hold while they live. The database releases such a
 * lock when the connection ends, long before the leases of a killed worker end.
 */
export const LIVENESS_LOCK = 29_810

const HOLDERS = new WeakMap<Payload, number>()

/** Makes this worker a lease holder. It must lock (`LIVENESS_LOCK`, the returned number). */
export const registerLeaseHolder = (payload: Payload): number => {
  const holder = randomInt(1, 2 ** 31 - 1)
  HOLDERS.set(payload, holder)
  return holder
}

/** The number of this worker's liveness lock; null in another process than a worker. */
export const findLeaseHolder = (payload: Payload): number | null => HOLDERS.get(payload) ?? null

/** A token for new leases; it names the lease holder when the process is a worker. */
export const createLeaseToken = (payload: Payload): string => {
  const holder = HOLDERS.get(payload)
  return holder === undefined ? randomUUID() : `${holder}:${randomUUID()}`
}

/** Selects the numbers of the workers that live. */
export const LIVE_HOLDERS = sql`
  select objid::bigint
  from pg_locks
  where locktype = 'advisory'
    and classid = ${sql.raw(String(LIVENESS_LOCK))}
    and granted
    and database = (select oid from pg_database where datname = current_database())`

type ReapReport = { released: number; unknown: number; resent: number; dead: number }

/**
 * Handles rows of lost workers. A lease that ended before the sending started returns its row to
 * the queue; it does so at once where the database shows that the worker was killed. A lease that
 * ended later leaves an unknown outcome: the row waits `unknownMs` for the provider's report and is
 * then sent once more, flagged as a possible duplicate. A one-time code is not sent again: the
 * member requests a new one.
 */
export const reapRows = async (
  db: Database,
  { now, unknownMs }: { now: Date; unknownMs: number },
): Promise<ReapReport> => {
  const at = now.toISOString()
  const { rows } = await db.execute<Record<keyof ReapReport, number>>(sql`
    with expired as (
      select id
      from notifications
      where status = 'sending'
        and (lease_until < clock_timestamp() or attempt_started_at is null and ${IS_HOLDER_LOST})
      for update skip locked
    ), ended as (${endLeases(at, unknownMs)}
    ), waited as (
      select id, lane <> 'otp' and not is_possible_duplicate as again
      from notifications
      where status = 'unknown' and next_attempt_at <= ${at}
      for update skip locked
    ), resolved as (${resolveUnknown(at)})
    select (select count(*)::int from ended where status = 'pending') as released,
      (select count(*)::int from ended where status = 'unknown') as unknown,
      (select count(*)::int from resolved where status = 'pending') as resent,
      (select count(*)::int from resolved where status = 'dead') as dead`)
  return rows[0] ?? { released: 0, unknown: 0, resent: 0, dead: 0 }
}

const endLeases = (at: string, unknownMs: number) => sql`
  update notifications n
  set status = (case when attempt_started_at is null then 'pending' else 'unknown' end
    )::enum_notifications_status,
    reason = case when attempt_started_at is null then n.reason else 'worker-lost' end,
    next_attempt_at = case when attempt_started_at is null then next_attempt_at
      else ${at}::timestamptz + ${unknownMs} * interval '1 millisecond' end,
    attempts = case when attempt_started_at is null then attempts
      else coalesce(attempts, '[]'::jsonb) || jsonb_build_array(jsonb_build_object(
        'at', ${at}::text, 'provider', provider, 'outcome', 'unknown', 'code', 'worker-lost')) end,
    lease_token = null,
    lease_until = null,
    attempt_started_at = null,
    updated_at = ${at}
  from expired
  where n.id = expired.id
  returning n.status::text as status`

const resolveUnknown = (at: string) => sql`
  update notifications n
  set status = (case when again then 'pending' else 'dead' end)::enum_notifications_status,
    is_possible_duplicate = n.is_possible_duplicate or again,
    reason = case when again then n.reason else 'outcome-unknown' end,
    final_at = case when again then null else ${at}::timestamptz end,
    secret = case when again then n.secret end,
    updated_at = ${at}
  from waited w
  where n.id = w.id
  returning n.status::text as status`

/** True of a leased row when its holder was a worker that does not live any more. */
const IS_HOLDER_LOST = sql`split_part(lease_token, ':', 2) <> ''
  and split_part(lease_token, ':', 1)::bigint not in (${LIVE_HOLDERS})`
