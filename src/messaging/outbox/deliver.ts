import { setImmediate as yieldToLoop, setTimeout as wait } from 'node:timers/promises'

import type { Database } from '../../database/dbIn.ts'
import { isDatabaseAway } from '../../database/isDatabaseAway.ts'
import { readDb } from '../../database/readDb.ts'
import { now as clockNow } from '../../platform/clock.ts'
import type { ChannelKind } from '../types.ts'
import { beginAttempts, claimRows, completeAttempts, createLeaseToken, openLanes } from './claim.ts'
import { acquireProvider } from './providerRate.ts'
import { attemptRow } from './send.ts'
import { type ClaimedRow, type Completion, type Delivery, PROVIDER_BACKS_OFF } from './types.ts'

/** Rows by how their attempt ended; `stale` are those that had lost their lease by then. */
type DeliveryReport = Record<Completion['status'] | 'stale', number>

/** Sends the due rows of these lanes in batches, until none is due or the process must stop. */
export const deliver = async (delivery: Delivery): Promise<DeliveryReport> => {
  const report = { sent: 0, pending: 0, dead: 0, unknown: 0, suppressed: 0, stale: 0 }
  const db = await readDb({ payload: delivery.payload })
  const { leaseMs, limit } = claimSize(delivery)
  while (!delivery.signal.aborted) {
    const token = createLeaseToken(delivery.payload)
    const lanes = await openLanes(db, delivery.lanes)
    const rows = await claimRows(db, { lanes, leaseMs, limit, now: clockNow(), token })
    if (rows.length === 0) break
    const { completions, ours } = await deliverBatch({ delivery, db, leaseMs, rows, token })
    for (const { status } of completions) report[status] += 1
    report.stale += rows.length - ours
  }
  return report
}

/** One-time codes are few and urgent: small claims, short leases. */
const claimSize = ({ lanes, settings }: Delivery) =>
  lanes.includes('otp')
    ? { leaseMs: settings.otpLeaseMs, limit: 5 }
    : { leaseMs: settings.leaseMs, limit: settings.concurrency }

type Batch = {
  delivery: Delivery
  db: Database
  leaseMs: number
  rows: ClaimedRow[]
  token: string
}
/** The completions, and the number of rows that were recorded under our lease. */
type BatchResult = { completions: Completion[]; ours: number }

/**
 * Sends the rows of one claim, as many at a time as their provider accepts. Each channel waits for
 * its own providers only. Rows that are sent together are recorded together, so that a failure in
 * one part leaves the other parts as they are.
 */
const deliverBatch = (batch: Batch): Promise<BatchResult> => {
  const due = batch.rows.filter(({ suppression }) => suppression === null)
  const refused = batch.rows.filter(({ suppression }) => suppression !== null)
  return joinParts([
    record(batch, refused.map(toSuppressed)),
    ...(['email', 'sms'] as const).map((kind) =>
      deliverOver(kind, { ...batch, rows: due.filter(({ channel }) => channel === kind) }),
    ),
  ])
}

const deliverOver = async (kind: ChannelKind, batch: Batch): Promise<BatchResult> => {
  const { channels, lanes, payload, signal } = batch.delivery
  const isCodes = lanes.includes('otp')
  const parts: Promise<BatchResult>[] = []
  let waiting = batch.rows
  while (waiting.length > 0) {
    const providers = channels[kind]
    const count = waiting.length
    const acquired = await acquireProvider({ count, isCodes, payload, providers, signal })
    if ('backOffMs' in acquired) {
      parts.push(record(batch, waiting.map(toReleased(acquired.backOffMs))))
      break
    }
    const open = { ...channels, [kind]: providers.slice(acquired.from) }
    const delivery = { ...batch.delivery, channels: open }
    const part = sendTogether({ ...batch, delivery, rows: waiting.slice(0, acquired.count) })
    part.catch(() => undefined) // joinParts throws it, when all parts have ended
    parts.push(part)
    waiting = waiting.slice(acquired.count)
  }
  return joinParts(parts)
}

const sendTogether = async (batch: Batch): Promise<BatchResult> => {
  const { db, delivery, leaseMs, rows, token } = batch
  const ours = await beginAttempts(db, { ids: rows.map(({ id }) => id), leaseMs, token })
  const attempts: Promise<Completion>[] = []
  for (const row of rows.filter(({ id }) => ours.has(id))) {
    attempts.push(attemptRow(delivery, db, row))
    await yieldToLoop() // rendering takes a while, and must not delay a one-time code
  }
  return record(batch, await Promise.all(attempts))
}

/**
 * Records how attempts ended. While the database is away it tries again until the lease has ended:
 * the messages are sent, and without a record they would become unknown and be sent once more.
 */
const record = async (batch: Batch, completions: Completion[]): Promise<BatchResult> => {
  const { db, leaseMs, token } = batch
  const giveUp = Date.now() + leaseMs
  for (;;) {
    try {
      const ours = await completeAttempts(db, { completions, now: clockNow(), token })
      return { completions, ours }
    } catch (error) {
      if (!isDatabaseAway(error) || Date.now() > giveUp) throw error
      await wait(RECORD_AGAIN_MS)
    }
  }
}

const RECORD_AGAIN_MS = 250

/** Waits until every part has ended, and only then throws the error of one that failed. */
const joinParts = async (parts: Promise<BatchResult>[]): Promise<BatchResult> => {
  await Promise.allSettled(parts)
  const done = await Promise.all(parts)
  return {
    completions: done.flatMap(({ completions }) => completions),
    ours: done.reduce((sum, { ours }) => sum + ours, 0),
  }
}

const UNTRIED = {
  attempts: [],
  provider: null,
  providerMessageId: null,
  nextAttemptAt: null,
} satisfies Partial<Completion>

const toSuppressed = (row: ClaimedRow): Completion => ({
  ...UNTRIED,
  id: row.id,
  status: 'suppressed',
  reason: row.suppression,
})

/** The row was not tried, so no attempt is counted. It is due as before, or after the back-off. */
const toReleased =
  (backOffMs: number) =>
  ({ id }: ClaimedRow): Completion => ({
    ...UNTRIED,
    id,
    status: 'pending',
    ...(backOffMs > 0
      ? {
          reason: PROVIDER_BACKS_OFF,
          nextAttemptAt: new Date(clockNow().getTime() + backOffMs).toISOString(),
        }
      : { reason: null }),
  })
