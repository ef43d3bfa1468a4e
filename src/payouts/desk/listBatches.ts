import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'

/** A bank file with the state of its payments. Amounts are minor units of `currency`. */
export type BatchRow = {
  id: string
  reference: string
  bankProfile: string
  status: 'answered' | 'open'
  count: number
  totalMinor: number
  currency: string
  /** A calendar day, in the time zone of the profile. */
  payDate: string
  fileName: string
  sha256: string | null
  createdBy: string | null
  createdById: string | null
  createdAt: string
  downloadedAt: string | null
  /** Payments by what the bank answered; `open` ones wait. */
  open: number
  settled: number
  failed: number
  returned: number
}

/** The latest bank files that are listed. */
export const MAX_BATCHES = 50

/** Lists the latest bank files, those that wait for an answer first. */
export const listBatches = async (db: Database): Promise<BatchRow[]> => {
  const { rows } = await db.execute<BatchRow>(sql`
    select b.id::text,
      b.reference,
      b.bank_profile as "bankProfile",
      b.status::text,
      b.count::int,
      b.total_minor::float8 as "totalMinor",
      b.currency,
      to_char(b.pay_date at time zone coalesce(b.profile ->> 'timeZone', 'UTC'), 'YYYY-MM-DD') as "payDate",
      b.file_name as "fileName",
      b.sha256,
      coalesce(u.name, u.email) as "createdBy",
      b.created_by_id::text as "createdById",
      to_json(b.created_at) #>> '{}' as "createdAt",
      to_json(b.downloaded_at) #>> '{}' as "downloadedAt",
      answers.open,
      answers.settled,
      answers.failed,
      answers.returned
    from (
      select * from payout_batches
      order by status <> 'open', created_at desc
      limit ${MAX_BATCHES}) b
    left join users u on u.id = b.created_by_id
    cross join lateral (
      select
        count(*) filter (where a.status in ('sending', 'sent', 'in-doubt'))::int as open,
        count(*) filter (where a.status = 'settled')::int as settled,
        count(*) filter (where a.status = 'failed')::int as failed,
        count(*) filter (where a.status = 'returned')::int as returned
      from payout_attempts a where a.batch_id = b.id) answers
    order by b.status <> 'open', b.created_at desc`)
  return rows
}

/** Approved withdrawals that a bank file of a profile would pay. */
export type Payable = {
  bankProfile: string
  currency: string
  count: number
  /** What the members receive, in minor units. */
  totalMinor: number
  /** Approved withdrawals that stay behind: see why in the tab "To pay". */
  stopped: number
}

/** Counts what a bank file of each profile would pay now. Profiles with nothing to pay are missing. */
export const countPayable = async (db: Database, now: Date): Promise<Payable[]> => {
  const { rows } = await db.execute<Payable>(sql`
    select w.bank_profile as "bankProfile",
      w.currency,
      count(*) filter (where not s.is_stopped)::int as count,
      coalesce(sum(w.net_minor) filter (where not s.is_stopped), 0)::float8 as "totalMinor",
      count(*) filter (where s.is_stopped)::int as stopped
    from withdrawals w
    join users u on u.id = w.member_id
    cross join lateral (
      select coalesce(w.is_paid_late, false)
        or u.review_reason is not null
        or coalesce(w.next_attempt_at > ${now.toISOString()}, false)
        or exists (
          select 1 from wallets l
          where l.owner_id = w.member_id and l.currency = w.currency
            and (l.balance_minor < 0 or l.frozen_at is not null)) as is_stopped) s
    where w.status = 'approved' and w.driver = 'bank-file' and w.bank_profile is not null
    group by w.bank_profile, w.currency
    order by w.bank_profile, w.currency`)
  return rows
}
