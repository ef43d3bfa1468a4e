import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'
import { type ChannelKind, type Lane, LANES } from '../types.ts'
import { openLanes } from './claim.ts'
import { type DeadLetter, listDeadLetters } from './deadLetters.ts'
import { PROVIDER_BACKS_OFF } from './types.ts'

/** The totals of a channel; `oldestSeconds` is null when no message waits. */
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
  /** Inbound events that are not applied yet, and those that failed. */
  inbound: { pending: number; failed: number; oldestSeconds: number | null }
}

const MAX_DEAD_LETTERS = 50
const NO_MINUTES = new Array<number>(60).fill(0)

/** The figures of the outbox as of `now`. Reads the open rows and those of the last hour only. */
export const loadQueueStats = async (db: Database, now: Date): Promise<QueueStats> => {
  const { failures, lanes } = await loadLaneStats(db, now)
  const sent = await loadThroughput(db, now)
  const rows = lanes.map((row): LaneRow => {
    const own = sent.find(({ channel, lane }) => channel === row.channel && lane === row.lane)
    return { ...row, ...(own ?? { sentLastHour: 0, perMinute: NO_MINUTES, p95Seconds: null }) }
  })
  return {
    email: sumChannel(rows.filter(({ channel }) => channel === 'email')),
    sms: sumChannel(rows.filter(({ channel }) => channel === 'sms')),
    lanes: rows,
    failures,
    deadLetters: await listDeadLetters(db, MAX_DEAD_LETTERS),
    inbound: await loadInboundStats(db, now),
  }
}

const sumChannel = (rows: LaneRow[]): ChannelStats => {
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

const loadInboundStats = async (db: Database, now: Date): Promise<QueueStats['inbound']> => {
  const { rows } = await db.execute<QueueStats['inbound']>(sql`
    select count(*) filter (where status = 'pending')::int as pending,
      count(*) filter (where status = 'failed')::int as failed,
      round(extract(epoch from ${now.toISOString()}::timestamptz
        - min(received_at) filter (where status = 'pending')))::int as "oldestSeconds"
    from inbound_events where status in ('pending', 'failed')`)
  return rows[0] ?? { pending: 0, failed: 0, oldestSeconds: null }
}

type OpenState = 'pending' | 'sending' | 'unknown' | 'dead'

/** One lane over one channel, as counts of rows. */
export type LaneStats = Record<OpenState, number> & {
  lane: Lane
  channel: ChannelKind
  isPaused: boolean
  /** The age of the oldest waiting row, from its retry if an admin retried it; null if none. */
  oldestSeconds: number | null
}
/** Open rows that failed for one reason: the provider's code or our own. */
export type Failure = {
  channel: ChannelKind
  reason: string
  dead: number
  /** Rows that failed and will be tried again. */
  retrying: number
  unknown: number
}
type OpenRows = { lanes: LaneStats[]; failures: Failure[] }

type LaneGroup = {
  lane: Lane
  channel: ChannelKind
  status: OpenState
  reason: string | null
  count: number
  age: number
}

/**
 * Counts the open rows of the outbox, in one statement that reads no finished row. Returns every
 * lane and channel in the order of priority, also the empty ones.
 */
export const loadLaneStats = async (db: Database, now: Date): Promise<OpenRows> => {
  const { rows } = await db.execute<LaneGroup>(sql`
    select lane::text,
      channel::text,
      status::text,
      reason,
      count(*)::int as count,
      extract(epoch from ${now.toISOString()}::timestamptz
        - min(case when attempt_count = 0 and reason is distinct from ${PROVIDER_BACKS_OFF}
          then next_attempt_at else created_at end))::float8 as age
    from notifications
    where status in ('pending', 'sending', 'unknown', 'dead')
    group by 1, 2, 3, 4`)
  const open = await openLanes(db, [...LANES])
  const lanes = LANES.flatMap((lane) =>
    (['sms', 'email'] as const).map((channel) => {
      const own = rows.filter((row) => row.lane === lane && row.channel === channel)
      return { lane, channel, isPaused: !open.includes(lane), ...countRows(own) }
    }),
  )
  return { lanes, failures: groupFailures(rows) }
}

const countRows = (
  rows: LaneGroup[],
): Record<OpenState, number> & { oldestSeconds: number | null } => {
  const count = (state: OpenState) =>
    rows.filter(({ status }) => status === state).reduce((sum, row) => sum + row.count, 0)
  const ages = rows
    .filter(({ status }) => status === 'pending' || status === 'sending')
    .map(({ age }) => Math.max(0, Math.round(age)))
  return {
    pending: count('pending'),
    sending: count('sending'),
    unknown: count('unknown'),
    dead: count('dead'),
    oldestSeconds: ages.length > 0 ? Math.max(...ages) : null,
  }
}

const groupFailures = (rows: LaneGroup[]): Failure[] => {
  const found = new Map<string, Failure>()
  for (const { channel, count, reason, status } of rows) {
    if (reason === null || status === 'sending') continue
    const key = `${channel}:${reason}`
    const failure = found.get(key) ?? { channel, reason, dead: 0, retrying: 0, unknown: 0 }
    failure[status === 'pending' ? 'retrying' : status] += count
    found.set(key, failure)
  }
  const all = ({ dead, retrying, unknown }: Failure) => dead + retrying + unknown
  return [...found.values()].sort((a, b) => b.dead - a.dead || all(b) - all(a))
}

const MINUTES = 60

/** The messages that one lane sent over one channel in the last hour. */
type Throughput = {
  lane: Lane
  channel: ChannelKind
  sentLastHour: number
  /** Messages of each of the last 60 minutes, oldest first; the last is the current minute. */
  perMinute: number[]
  /** 95% were sent within this many seconds of being queued; null when none was sent. */
  p95Seconds: number | null
}

type MinuteGroup = {
  lane: Lane
  channel: ChannelKind
  minute: number | null
  count: number
  p95: number | null
}

/** Counts sent messages by lane, channel and minute, in one statement. Omits empty lanes. */
const loadThroughput = async (db: Database, now: Date): Promise<Throughput[]> => {
  const at = now.toISOString()
  const { rows } = await db.execute<MinuteGroup>(sql`
    select lane,
      channel,
      minute,
      count(*)::int as count,
      percentile_cont(0.95) within group (order by took)::float8 as p95
    from (
      select lane::text,
        channel::text,
        floor(extract(epoch from ${at}::timestamptz - sent_at) / 60)::int as minute,
        extract(epoch from sent_at - created_at) as took
      from notifications
      where sent_at > ${at}::timestamptz - interval '1 hour' and sent_at <= ${at}::timestamptz
    ) sent
    group by grouping sets ((lane, channel), (lane, channel, minute))`)
  return rows
    .filter(({ minute }) => minute === null)
    .map(({ channel, count, lane, p95 }) => ({
      lane,
      channel,
      sentLastHour: count,
      perMinute: countPerMinute(rows.filter((row) => row.lane === lane && row.channel === channel)),
      p95Seconds: p95 === null ? null : Math.round(p95 * 10) / 10,
    }))
}

const countPerMinute = (rows: MinuteGroup[]): number[] => {
  const minutes = new Array<number>(MINUTES).fill(0)
  for (const { count, minute } of rows) {
    if (minute !== null && minute < MINUTES) minutes[MINUTES - 1 - minute] = count
  }
  return minutes
}
