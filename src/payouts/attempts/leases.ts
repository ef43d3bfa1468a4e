import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'
import { attemptColumns, type AttemptRow } from './attemptStore.ts'

type Looks = {
  drivers: readonly string[]
  leaseMs: number
  limit: number
  now: Date
  token: string
}

/**
 * Leases attempts that have to be looked up: those of a process that ended while it sent, those in
 * doubt, and those that may still change. The clock of the database decides about leases.
 */
export const leaseLooks = async (
  db: Database,
  { drivers, leaseMs, limit, now, token }: Looks,
): Promise<AttemptRow[]> => {
  const { rows } = await db.execute<AttemptRow>(sql`
    with due as (
      select id from payout_attempts
      where driver = any (array(select jsonb_array_elements_text(${JSON.stringify(drivers)}::jsonb)))
        and (lease_until is null or lease_until < clock_timestamp())
        and (
          (status = 'sending' and (next_look_at is null or next_look_at <= ${now.toISOString()}))
          or next_look_at <= ${now.toISOString()})
      order by next_look_at nulls first, id
      limit ${limit}
      for no key update skip locked
    )
    update payout_attempts a set
      lease_token = ${token},
      lease_until = clock_timestamp() + ${leaseMs}::float8 * interval '1 millisecond',
      look_count = a.look_count + 1,
      updated_at = ${now.toISOString()}
    from due where a.id = due.id
    returning ${attemptColumns}`)
  return rows
}

/**
 * Renews the lease of an attempt before it is sent. Returns false if it is no longer this token's, or
 * was reported meanwhile: then it is not sent.
 */
export const renewLease = async (
  db: Database,
  { id, leaseMs, token }: { id: string; token: string; leaseMs: number },
): Promise<boolean> => {
  const { rows } = await db.execute(sql`
    update payout_attempts set
      lease_until = clock_timestamp() + ${leaseMs}::float8 * interval '1 millisecond'
    where id = ${id} and lease_token = ${token} and status in ('sending', 'in-doubt')
    returning 1`)
  return rows.length > 0
}

/** Ends the lease of an attempt that is tried again at a later time, if this token still has it. */
export const postponeAttempt = async (
  db: Database,
  {
    at,
    code,
    detail,
    id,
    token,
  }: { id: string; token: string; at: Date; code: string; detail: string },
): Promise<void> => {
  await db.execute(sql`
    update payout_attempts set
      code = ${code}, detail = ${detail}, next_look_at = ${at.toISOString()},
      lease_token = null, lease_until = null
    where id = ${id} and lease_token = ${token}`)
}

type LatestLook = { withdrawal: string; leaseMs: number; now: Date; token: string }

/** Leases the latest attempt of a withdrawal, for a look-up that a person requests. */
export const leaseLatest = async (
  db: Database,
  { leaseMs, now, token, withdrawal }: LatestLook,
): Promise<AttemptRow | 'leased' | 'none'> => {
  const { rows } = await db.execute<AttemptRow>(sql`
    update payout_attempts a set
      lease_token = ${token},
      lease_until = clock_timestamp() + ${leaseMs}::float8 * interval '1 millisecond',
      look_count = a.look_count + 1,
      updated_at = ${now.toISOString()}
    where a.withdrawal_id = ${withdrawal}
      and a.number = (select max(l.number) from payout_attempts l
        where l.withdrawal_id = ${withdrawal})
      and (a.lease_until is null or a.lease_until < clock_timestamp())
    returning ${attemptColumns}`)
  if (rows[0]) return rows[0]
  const { rows: any } = await db.execute(
    sql`select 1 from payout_attempts where withdrawal_id = ${withdrawal} limit 1`,
  )
  return any.length > 0 ? 'leased' : 'none'
}
