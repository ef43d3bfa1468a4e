import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'
import type { ChannelKind, Lane } from '../messaging/types.ts'

const MINUTES = 60

/** What left in the last hour, of one lane over one channel. */
export type Throughput = {
  lane: Lane
  channel: ChannelKind
  sentLastHour: number
  /** Messages of each of the last 60 minutes, the oldest first; the last one is this minute. */
  perMinute: number[]
  /** 95 of 100 left within so many seconds of being written; null when none left. */
  p95Seconds: number | null
}

type Group = {
  lane: Lane
  channel: ChannelKind
  minute: number | null
  count: number
  p95: number | null
}

/** Counts what left, by lane, channel and minute, in one statement; empty lanes have no row. */
export const throughput = async (db: Database, now: Date): Promise<Throughput[]> => {
  const at = now.toISOString()
  const { rows } = await db.execute<Group>(sql`
    select lane, channel, minute, count(*)::int as count,
      percentile_cont(0.95) within group (order by took)::float8 as p95
    from (
      select lane::text, channel::text,
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
      perMinute: minutesOf(rows.filter((row) => row.lane === lane && row.channel === channel)),
      p95Seconds: p95 === null ? null : Math.round(p95 * 10) / 10,
    }))
}

const minutesOf = (rows: Group[]): number[] => {
  const minutes = new Array<number>(MINUTES).fill(0)
  for (const { count, minute } of rows) {
    if (minute !== null && minute < MINUTES) minutes[MINUTES - 1 - minute] = count
  }
  return minutes
}
