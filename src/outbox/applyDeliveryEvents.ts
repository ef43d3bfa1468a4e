import type { PayloadRequest } from 'payload'

import { type Database, transactionOf } from '../ledger/transactionOf.ts'
import { closeEvents, type Verdict } from './closeEvents.ts'
import { leadingReport } from './leadingReport.ts'
import { refusalOf } from './refusalOf.ts'
import { type Settlement, type SettledRow, settleRows } from './settleRows.ts'
import { suppress, type Suppression } from './suppress.ts'
import { type TakenEvent, takeEvents } from './takeEvents.ts'

export type AppliedEvents = { applied: number; ignored: number; failed: number; left: number }

/**
 * Applies what providers told us about messages, oldest first, in the caller's transaction and in
 * four statements, however many they are. A state only ever moves on. A report about a row whose
 * outcome nobody knew settles it; one that waits to be sent again then is not. What belongs to no
 * message of ours is kept as `ignored`, what the database cannot hold as `failed`, alone; `left`
 * are those whose row somebody else is at.
 */
export const applyDeliveryEvents = async (
  req: PayloadRequest,
  { limit, now }: { limit: number; now: Date },
): Promise<AppliedEvents> => {
  const db = await transactionOf(req)
  const events = await takeEvents(db, { limit, now })
  const ignored = events.filter(({ notification }) => notification === null)
  const verdicts = [
    ...ignored.map(({ id }) => verdictOf(id, 'ignored', 'no such message')),
    ...(await applyAll(
      db,
      events.filter(({ notification }) => notification !== null),
      now,
    )),
  ]
  await closeEvents(db, { verdicts, now })
  const count = (status: Verdict['status']) =>
    verdicts.filter((verdict) => verdict.status === status).length
  return {
    applied: count('applied'),
    ignored: count('ignored'),
    failed: count('failed'),
    left: events.length - verdicts.length,
  }
}

const verdictOf = (
  id: string,
  status: Verdict['status'],
  detail: string | null = null,
): Verdict => ({ id, status, detail })

/** All together; one by one where that is refused, so that an odd one is told from the others. */
const applyAll = async (db: Database, events: TakenEvent[], now: Date): Promise<Verdict[]> => {
  const verdicts: Verdict[] = []
  const refusal = await refusalOf(db, async () => {
    verdicts.push(...(await applyTogether(db, events, now)))
  })
  const [first] = events
  if (refusal === null || !first) return verdicts
  if (events.length === 1) return [verdictOf(first.id, 'failed', refusal)]
  for (const event of events) verdicts.push(...(await applyAll(db, [event], now)))
  return verdicts
}

const applyTogether = async (db: Database, events: TakenEvent[], now: Date): Promise<Verdict[]> => {
  const settled = new Map<string, SettledRow>()
  for (const row of await settleRows(db, { settlements: settlementsOf(events), now })) {
    settled.set(row.id, row)
  }
  await suppress(db, suppressionsOf(events, settled))
  return events
    .filter(({ notification }) => settled.has(notification ?? ''))
    .map(({ id }) => verdictOf(id, 'applied'))
}

const settlementsOf = (events: TakenEvent[]): Settlement[] => {
  const reports = new Map<string, [TakenEvent['body'], ...TakenEvent['body'][]]>()
  for (const { body, notification } of events) {
    if (notification === null) continue
    const known = reports.get(notification)
    if (known) known.push(body)
    else reports.set(notification, [body])
  }
  return [...reports].map(([notification, all]) => ({ notification, report: leadingReport(all) }))
}

const suppressionsOf = (
  events: TakenEvent[],
  settled: ReadonlyMap<string, SettledRow>,
): Suppression[] =>
  events.flatMap(({ body, notification }) => {
    const row = settled.get(notification ?? '')
    if (!row || !body.suppress) return []
    const { detail, provider, suppress: reason } = body
    return [{ channel: row.channel, address: row.to, reason, provider, detail }]
  })
