import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../../database/dbIn.ts'
import { addDays } from '../../../domain/dates.ts'
import type { TransactionRow } from '../../networks/types.ts'

/** The report of a postback on a transaction, and its time. */
export type PostbackRow = TransactionRow & { receivedAt: string }

/** Records the latest status that a postback reported, beside the one of the API. */
export const recordProvisionalStatus = async (
  db: Database,
  { network, now }: { network: string; now: Date },
  rows: PostbackRow[],
): Promise<void> => {
  const body = rows.map(({ externalId, receivedAt, status }) => ({
    externalId,
    receivedAt,
    status,
  }))
  await db.execute(sql`
    update network_transactions t set
      provisional_status = p.status::enum_network_transactions_provisional_status,
      provisional_at = p."receivedAt",
      updated_at = ${now.toISOString()}
    from jsonb_to_recordset(${JSON.stringify(body)}::jsonb)
      as p ("externalId" text, status text, "receivedAt" timestamptz)
    where t.network_id = ${network} and t.external_id = p."externalId"
      and (t.provisional_at is null or t.provisional_at <= p."receivedAt")`)
}

/** A report that is accepted, with the credit that it adds, in minor units. */
export type AcceptedRow = PostbackRow & { acceptedMinor: number }

type Accepted = { network: string; now: Date; observedAt: Date; rows: AcceptedRow[] }

/**
 * Applies the status and amounts that postbacks reported, if there is no later observation. An
 * amount that a postback leaves out stays. Returns the ids of the changed transactions.
 */
export const applyProvisionalStatus = async (
  db: Database,
  { network, now, observedAt, rows: accepted }: Accepted,
): Promise<string[]> => {
  const body = JSON.stringify(accepted.map((row) => ({ ...row, raw: null })))
  const { rows } = await db.execute<{ id: string }>(sql`
    update network_transactions t set
      status = p.status::enum_network_transactions_status,
      last_known_status = null,
      raw_status = p."rawStatus",
      commission_minor = p."commissionMinor",
      sale_minor = coalesce(p."saleMinor", t.sale_minor),
      observed_at = ${observedAt.toISOString()},
      changed_at = null,
      -- No hash of content: the next report of the API differs from it.
      content_hash = 'postback',
      is_accepted = true,
      accepted_minor = p."acceptedMinor" + case
        when t.accepted_at > ${dayBefore(now)} then coalesce(t.accepted_minor, 0) else 0
      end,
      accepted_at = ${now.toISOString()},
      updated_at = ${now.toISOString()}
    from jsonb_to_recordset(${body}::jsonb) as p ("externalId" text, status text,
      "rawStatus" text, "commissionMinor" bigint, "saleMinor" bigint, "acceptedMinor" bigint)
    where t.network_id = ${network} and t.external_id = p."externalId"
      and t.observed_at <= ${observedAt.toISOString()}
    returning t.id::text as id`)
  return rows.map(({ id }) => id)
}

const dayBefore = (now: Date): string => addDays(now, -1).toISOString()

/** Sums what postbacks of a network credited in the last day, in minor units. */
export const sumAccepted = async (
  db: Database,
  { network, now }: { network: string; now: Date },
): Promise<number> => {
  const { rows } = await db.execute<{ sum: string }>(sql`
    select coalesce(sum(accepted_minor), 0) as sum
    from network_transactions
    where network_id = ${network} and accepted_at > ${dayBefore(now)}`)
  return Number(rows[0]?.sum ?? 0)
}

/**
 * A completed run `r` that must have listed the transaction `t`: it read the window of its order, or
 * of its change, later than the network's lag (the overlap of its windows), and could read every
 * row. A failed or stopped run read only a part, and shows nothing. A quarantined row counts from
 * its first report to its last by any run, as it may be the transaction. A row that only postbacks
 * reported does not count: with it, forged postbacks would keep their credits.
 */
const SHOULD_HAVE_LISTED = sql`
  r.network_id = t.network_id
  and r.status = 'completed'
  and r.started_at >= greatest(t.event_at, t.accepted_at) + n.overlap_hours * interval '1 hour'
  and (
    r.window_by = 'event' and r.window_from <= t.event_at and t.event_at < r.window_to
    or r.window_by = 'change' and r.window_from <= t.accepted_at and t.accepted_at < r.window_to
  )
  and not exists (
    select 1 from quarantined_rows q
    where q.network_id = r.network_id
      and q.run_id is not null
      and q.created_at <= r.ended_at
      and q.updated_at >= r.started_at
  )`

/**
 * Withdraws the acceptance of reports that the network's API does not list: the transactions are
 * pending again, until the API reports them. Returns their ids.
 */
export const withdrawUnlisted = async (
  db: Database,
  { network, now }: { network: string; now: Date },
): Promise<string[]> => {
  const at = now.toISOString()
  const { rows } = await db.execute<{ id: string }>(sql`
    update network_transactions t set
      status = 'pending',
      raw_status = 'not listed by its API',
      is_accepted = false,
      withdrawn_at = ${at},
      updated_at = ${at}
    from networks n
    where t.network_id = ${network} and t.is_accepted and n.id = t.network_id
      and exists (select 1 from sync_runs r where ${SHOULD_HAVE_LISTED})
    returning t.id::text`)
  return rows.map(({ id }) => id)
}
