import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'
import type { ChannelKind } from '../messaging/types.ts'
import { type Failure, laneStats, type LaneStats } from './laneStats.ts'
import { type DeadLetter, listDeadLetters } from './listDeadLetters.ts'
import { throughput, type Throughput } from './throughput.ts'

/** A channel at a glance; `oldestSeconds` is null where nothing waits. */
type ChannelStats = Pick<
  LaneStats,
  'pending' | 'sending' | 'unknown' | 'dead' | 'oldestSeconds'
> & { sentLastHour: number }
export type LaneRow = LaneStats & Omit<Throughput, 'lane' | 'channel'>

export type QueueStats = Record<ChannelKind, ChannelStats> & {
  /** In the order of priority. */
  lanes: LaneRow[]
  failures: Failure[]
  deadLetters: DeadLetter[]
  /** Reports of providers that are not applied yet, and those that could not be. */
  inbound: { pending: number; failed: number; oldestSeconds: number | null }
}

const MOST_DEAD_LETTERS = 50
const NO_MINUTES = new Array<number>(60).fill(0)

/** The outbox in figures, as of `now`: a few statements that read what is open, and one hour. */
export const queueStats = async (db: Database, now: Date): Promise<QueueStats> => {
  const { failures, lanes } = await laneStats(db, now)
  const sent = await throughput(db, now)
  const rows = lanes.map((row): LaneRow => {
    const own = sent.find(({ channel, lane }) => channel === row.channel && lane === row.lane)
    return { ...row, ...(own ?? { sentLastHour: 0, perMinute: NO_MINUTES, p95Seconds: null }) }
  })
  return {
    email: totalOf(rows.filter(({ channel }) => channel === 'email')),
    sms: totalOf(rows.filter(({ channel }) => channel === 'sms')),
    lanes: rows,
    failures,
    deadLetters: await listDeadLetters(db, MOST_DEAD_LETTERS),
    inbound: await inboundStats(db, now),
  }
}

const totalOf = (rows: LaneRow[]): ChannelStats => {
  const sum = (name: 'dead' | 'pending' | 'sending' | 'sentLastHour' | 'unknown') =>
    rows.reduce((total, row) => total + row[name], 0)
  const ages = rows.flatMap(({ oldestSeconds }) => oldestSeconds ?? [])
  return {
    pending: sum('pending'),
    sending: sum('sending'),
    unknown: sum('unknown'),
    dead: sum('dead'),
    sentLastHour: sum('sentLastHour'),
    oldestSeconds: ages.length > 0 ? Math.max(...ages) : null,
  }
}

const inboundStats = async (db: Database, now: Date): Promise<QueueStats['inbound']> => {
  const { rows } = await db.execute<QueueStats['inbound']>(sql`
    select count(*) filter (where status = 'pending')::int as pending,
      count(*) filter (where status = 'failed')::int as failed,
      round(extract(epoch from ${now.toISOString()}::timestamptz
        - min(received_at) filter (where status = 'pending')))::int as "oldestSeconds"
    from inbound_events where status in ('pending', 'failed')`)
  return rows[0] ?? { pending: 0, failed: 0, oldestSeconds: null }
}
