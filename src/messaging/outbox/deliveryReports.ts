import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { type Database, dbIn } from '../../database/dbIn.ts'
import { trySavepoint } from '../../database/trySavepoint.ts'
import type { DeliveryEvent } from '../types.ts'
import { type ClaimedReport, claimReports, closeEvents, type EventResult } from './inboundEvents.ts'
import { suppress, type Suppression } from './suppress.ts'

type AppliedEvents = { applied: number; ignored: number; failed: number; left: number }

/**
 * Applies stored delivery reports, oldest first, in the caller's transaction; four statements,
 * however many there are. The state of a notification only moves forward. A report resolves a row
 * with an unknown outcome; a row that waits for another attempt is then not sent again. A report
 * without a notification becomes `ignored`; one that the database cannot store becomes `failed`,
 * and stops no other. `left` counts reports on rows that another transaction has locked.
 */
export const applyDeliveryEvents = async (
  req: PayloadRequest,
  { limit, now }: { limit: number; now: Date },
): Promise<AppliedEvents> => {
  const db = await dbIn(req)
  const events = await claimReports(db, { limit, now })
  const known = events.filter(({ notification }) => notification !== null)
  const ignored = events.filter(({ notification }) => notification === null)
  const results = [
    ...ignored.map(({ id }) => toResult(id, 'ignored', 'no such message')),
    ...(await applyAll(db, known, now)),
  ]
  await closeEvents(db, { results, now })
  const count = (status: EventResult['status']) =>
    results.filter((result) => result.status === status).length
  return {
    applied: count('applied'),
    ignored: count('ignored'),
    failed: count('failed'),
    left: events.length - results.length,
  }
}

const toResult = (
  id: string,
  status: EventResult['status'],
  detail: string | null = null,
): EventResult => ({ id, status, detail })

/** All together; when the database refuses that, one by one, so that only the bad report fails. */
const applyAll = async (
  db: Database,
  events: ClaimedReport[],
  now: Date,
): Promise<EventResult[]> => {
  const results: EventResult[] = []
  const refusal = await trySavepoint(db, async () => {
    results.push(...(await applyTogether(db, events, now)))
  })
  const [first] = events
  if (refusal === null || !first) return results
  if (events.length === 1) return [toResult(first.id, 'failed', refusal)]
  for (const event of events) results.push(...(await applyAll(db, [event], now)))
  return results
}

const applyTogether = async (
  db: Database,
  events: ClaimedReport[],
  now: Date,
): Promise<EventResult[]> => {
  const updated = new Map<string, UpdatedRow>()
  for (const row of await updateReportedRows(db, groupReports(events), now)) {
    updated.set(row.id, row)
  }
  await suppress(db, collectSuppressions(events, updated))
  return events
    .filter(({ notification }) => updated.has(notification ?? ''))
    .map(({ id }) => toResult(id, 'applied'))
}

type LeadingReport = { notification: string; report: DeliveryEvent }

const groupReports = (events: ClaimedReport[]): LeadingReport[] => {
  const reports = new Map<string, [DeliveryEvent, ...DeliveryEvent[]]>()
  for (const { body, notification } of events) {
    if (notification === null) continue
    const known = reports.get(notification)
    if (known) known.push(body)
    else reports.set(notification, [body])
  }
  return [...reports].map(([notification, all]) => ({
    notification,
    report: findLeadingReport(all),
  }))
}

/**
 * How far each status is along the way. A mailbox may refuse what its server accepted, so a bounce
 * can follow a delivery; the reverse does not happen.
 */
const RANKS: Record<DeliveryEvent['status'], number> = {
  sent: 1,
  delivered: 2,
  bounced: 3,
  failed: 3,
}

/**
 * The report that counts among several on one message: the furthest one, and the first of equals.
 * The order in which they arrived therefore does not matter.
 */
export const findLeadingReport = <Report extends Pick<DeliveryEvent, 'status'>>(
  reports: readonly [Report, ...Report[]],
): Report =>
  reports.reduce((leading, next) => (RANKS[next.status] > RANKS[leading.status] ? next : leading))

type UpdatedRow = { id: string; channel: 'email' | 'sms'; to: string }

/**
 * Moves rows forward to their reported status, in one statement; no row moves back. A row with an
 * unknown outcome, or one that waits for another attempt, is resolved: it loses its lease, and its
 * attempts record that a report decided. Rows that another transaction has locked are skipped,
 * because waiting for several could deadlock.
 */
const updateReportedRows = async (
  db: Database,
  reports: LeadingReport[],
  now: Date,
): Promise<UpdatedRow[]> => {
  if (reports.length === 0) return []
  const at = now.toISOString()
  const values = JSON.stringify(reports.map((each) => toReportRow(each, at)))
  const { rows } = await db.execute<UpdatedRow>(sql`
    with reports as (
      select *
      from jsonb_to_recordset(${values}::jsonb) as r (
        id uuid,
        rank int,
        status text,
        reason text,
        provider text,
        "providerMessageId" text,
        at timestamptz,
        attempt jsonb
      )
    ), free as (
      select id from notifications
      where id in (select id from reports)
      order by id
      for update skip locked
    )
    update notifications n
    set status = case when r.rank > ${ROW_RANK}
        then r.status::enum_notifications_status else n.status end,
      reason = case when r.rank > ${ROW_RANK} then r.reason else n.reason end,
      attempts = case when ${ROW_RANK} = 0
        then coalesce(n.attempts, '[]'::jsonb) || jsonb_build_array(r.attempt)
        else n.attempts end,
      provider = coalesce(n.provider, r.provider),
      provider_message_id = coalesce(n.provider_message_id, r."providerMessageId"),
      sent_at = coalesce(n.sent_at, r.at),
      final_at = coalesce(n.final_at, ${at}),
      secret = null,
      lease_token = null,
      lease_until = null,
      attempt_started_at = null,
      updated_at = ${at}
    from reports r
    join free on free.id = r.id
    where n.id = r.id
    returning n.id, n.channel::text as channel, n."to"`)
  return rows
}

const toReportRow = ({ notification, report }: LeadingReport, at: string) => ({
  id: notification,
  rank: RANKS[report.status],
  status: report.status === 'failed' ? 'bounced' : report.status,
  reason: report.status === 'sent' || report.status === 'delivered' ? null : report.code,
  provider: report.provider,
  providerMessageId: report.providerMessageId,
  at: report.at,
  attempt: { at, provider: report.provider, outcome: 'accepted', code: 'reported' },
})

/** How far a row is along the way. A report never changes what a person decided. */
const ROW_RANK = sql`(case n.status
  when 'sent' then 1
  when 'delivered' then 2
  when 'bounced' then 3
  when 'discarded' then 4
  when 'suppressed' then 4
  else 0 end)`

const collectSuppressions = (
  events: ClaimedReport[],
  updated: ReadonlyMap<string, UpdatedRow>,
): Suppression[] =>
  events.flatMap(({ body, notification }) => {
    const row = updated.get(notification ?? '')
    if (!row || !body.suppress) return []
    const { detail, provider, suppress: reason } = body
    return [{ channel: row.channel, address: row.to, reason, provider, detail }]
  })
