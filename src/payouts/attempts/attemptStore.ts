import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'
import { toStorableText } from '../../database/toJson.ts'
import type { AttemptStatus } from '../../domain/payouts/attemptStates.ts'

/** An attempt as steps use it. Amounts are minor units. */
export type AttemptRow = {
  id: string
  key: string
  number: number
  withdrawal: string
  driver: string
  batch: string | null
  amountMinor: number
  currency: string
  status: AttemptStatus
  providerId: string | null
  bankReference: string | null
  lookCount: number
  lateStatus: 'not-paid' | 'open' | 'paid' | null
  /** True if another attempt of the withdrawal is on its way or paid. */
  isOtherPaid: boolean
  createdAt: string
}

/** The columns of `AttemptRow`, of a table `a`. */
export const attemptColumns = sql`
  a.id::text,
  a.key,
  a.number::int,
  a.withdrawal_id::text as withdrawal,
  a.driver,
  a.batch_id::text as batch,
  a.amount_minor::float8 as "amountMinor",
  a.currency,
  a.status::text,
  a.provider_id as "providerId",
  a.bank_reference as "bankReference",
  a.look_count::int as "lookCount",
  a.late_status as "lateStatus",
  exists (select 1 from payout_attempts o
    where o.withdrawal_id = a.withdrawal_id and o.id <> a.id
      and (o.status in ('sending', 'sent', 'in-doubt', 'settled')
        or (o.late_status = 'paid' and o.status <> 'returned'))) as "isOtherPaid",
  to_json(a.created_at) #>> '{}' as "createdAt"`

export type NewAttempt = {
  key: string
  withdrawal: string
  number: number
  driver: string
  batch: string | null
  amountMinor: number
  currency: string
}
type NewAttempts = {
  attempts: readonly NewAttempt[]
  /** `sent` for a bank file, which a person carries to the bank. */
  status: 'sending' | 'sent'
  lease: { token: string; ms: number } | null
  now: Date
}

/** Stores attempts of locked, approved withdrawals, before any provider is called. */
export const insertAttempts = async (
  db: Database,
  { attempts, lease, now, status }: NewAttempts,
): Promise<void> => {
  if (attempts.length === 0) return
  const at = now.toISOString()
  await db.execute(sql`
    insert into payout_attempts (
      id, withdrawal_id, number, key, driver, batch_id, amount_minor, currency, status, look_count,
      sent_at, lease_token, lease_until, created_at, updated_at)
    select time_ordered_uuid(), (p ->> 'withdrawal')::uuid, (p ->> 'number')::int, p ->> 'key',
      p ->> 'driver', (p ->> 'batch')::uuid, (p ->> 'amountMinor')::bigint, p ->> 'currency',
      ${status}::text::enum_payout_attempts_status, 0, ${at}, ${lease?.token ?? null},
      clock_timestamp() + ${lease?.ms ?? null}::float8 * interval '1 millisecond', ${at}, ${at}
    from jsonb_array_elements(${JSON.stringify(attempts)}::jsonb) p`)
}

/** A name of an attempt: our key, or the provider's id where a report has no key. */
export type AttemptName = { key: string } | { driver: string; providerId: string }

/** Finds attempts by their names, without locks. Unknown names are missing in the result. */
export const findAttempts = async (
  db: Database,
  names: readonly AttemptName[],
): Promise<AttemptRow[]> => {
  if (names.length === 0) return []
  const { rows } = await db.execute<AttemptRow>(sql`
    select ${attemptColumns}
    from payout_attempts a
    where a.key in (
        select p ->> 'key' from jsonb_array_elements(${JSON.stringify(names)}::jsonb) p
        where p ? 'key')
      or (a.driver, a.provider_id) in (
        select p ->> 'driver', p ->> 'providerId'
        from jsonb_array_elements(${JSON.stringify(names)}::jsonb) p
        where p ? 'providerId')`)
  return rows
}

/** Locks attempts after their withdrawals, in the order of their ids, and returns them. */
export const lockAttempts = async (db: Database, ids: readonly string[]): Promise<AttemptRow[]> => {
  if (ids.length === 0) return []
  const { rows } = await db.execute<AttemptRow>(sql`
    select ${attemptColumns}
    from payout_attempts a
    where a.id = any (array(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid))
    order by a.id
    for no key update of a`)
  return rows
}

export type AttemptChange = {
  id: string
  status: AttemptStatus
  providerId?: string | null
  bankReference?: string | null
  code?: string | null
  detail?: string | null
  remedy?: string | null
  providerFeeMinor?: number | null
  sealedCards?: string | null
  lateStatus?: 'not-paid' | 'open' | 'paid'
  lateAnsweredBy?: string
  lateReason?: string
  /** When to look it up again; null for never. */
  nextLookAt?: string | null
}

/**
 * Changes locked attempts, all in one statement. What a report does not name stays as it is. Times
 * follow from the status, and the lease ends.
 */
export const changeAttempts = async (
  db: Database,
  changes: readonly AttemptChange[],
  now: Date,
): Promise<void> => {
  if (changes.length === 0) return
  const at = now.toISOString()
  await db.execute(sql`
    update payout_attempts a set
      status = c.status::enum_payout_attempts_status,
      provider_id = coalesce(c.p ->> 'providerId', a.provider_id),
      bank_reference = coalesce(c.p ->> 'bankReference', a.bank_reference),
      code = case when c.p ? 'code' then c.p ->> 'code' else a.code end,
      detail = case when c.p ? 'detail' then c.p ->> 'detail' else a.detail end,
      remedy = case when c.p ? 'remedy' then c.p ->> 'remedy' else a.remedy end,
      provider_fee_minor = coalesce((c.p ->> 'providerFeeMinor')::bigint, a.provider_fee_minor),
      sealed_cards = coalesce(a.sealed_cards, c.p ->> 'sealedCards'),
      late_status = coalesce(c.p ->> 'lateStatus', a.late_status),
      late_at = case when c.p ->> 'lateStatus' = 'open' then ${at}::timestamptz else a.late_at end,
      late_answered_by_id = coalesce((c.p ->> 'lateAnsweredBy')::uuid, a.late_answered_by_id),
      late_reason = coalesce(c.p ->> 'lateReason', a.late_reason),
      in_doubt_since = case when c.status = 'in-doubt' then coalesce(a.in_doubt_since, ${at}::timestamptz) end,
      settled_at = case when c.status = 'settled' then coalesce(a.settled_at, ${at}::timestamptz)
        else a.settled_at end,
      failed_at = case when c.status = 'failed' then coalesce(a.failed_at, ${at}::timestamptz)
        else a.failed_at end,
      returned_at = case when c.status = 'returned' then coalesce(a.returned_at, ${at}::timestamptz)
        else a.returned_at end,
      next_look_at = case when c.p ? 'nextLookAt' then (c.p ->> 'nextLookAt')::timestamptz
        else a.next_look_at end,
      lease_token = null,
      lease_until = null,
      updated_at = ${at}
    from (
      select (p ->> 'id')::uuid as id, p ->> 'status' as status, p
      from jsonb_array_elements(${JSON.stringify(changes, toStorableText)}::jsonb) p
    ) c
    where a.id = c.id`)
}

/** Returns true if another attempt of the withdrawal has a late success that waits for an answer. */
export const hasOtherLate = async (
  db: Database,
  { id, withdrawal }: Pick<AttemptRow, 'id' | 'withdrawal'>,
): Promise<boolean> => {
  const { rows } = await db.execute(sql`
    select 1 from payout_attempts
    where withdrawal_id = ${withdrawal} and id <> ${id} and late_status = 'open'
    limit 1`)
  return rows.length > 0
}
