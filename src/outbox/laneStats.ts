import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'
import { type ChannelKind, type Lane, LANES } from '../messaging/types.ts'
import { PROVIDER_RESTS } from './types.ts'

type OpenState = 'pending' | 'sending' | 'unknown' | 'dead'

/** One lane over one channel. Counts of rows; ages in seconds, null where nothing waits. */
export type LaneStats = Record<OpenState, number> & {
  lane: Lane
  channel: ChannelKind
  isPaused: boolean
  /** How long the oldest that waits has waited; one tried again by hand waits since then. */
  oldestSeconds: number | null
}
/** What stands in the way of messages, by the code of the provider or of ours. */
export type Failure = {
  channel: ChannelKind
  reason: string
  dead: number
  /** Failed before, and will be tried again. */
  retrying: number
  unknown: number
}
export type OpenRows = { lanes: LaneStats[]; failures: Failure[] }

type Group = {
  lane: Lane
  channel: ChannelKind
  status: OpenState
  reason: string | null
  count: number
  age: number
}

/**
 * Everything in the outbox that is not over, in one statement: however many rows are done, it reads
 * those that are not. Each lane and channel is there, in the order of priority, also when empty.
 */
export const laneStats = async (db: Database, now: Date): Promise<OpenRows> => {
  const { rows } = await db.execute<Group>(sql`
    select lane::text, channel::text, status::text, reason, count(*)::int as count,
      extract(epoch from ${now.toISOString()}::timestamptz
        - min(case when attempt_count = 0 and reason is distinct from ${PROVIDER_RESTS}
          then next_attempt_at else created_at end))::float8 as age
    from notifications where status in ('pending', 'sending', 'unknown', 'dead')
    group by 1, 2, 3, 4`)
  const paused = await pausedLanes(db)
  const lanes = LANES.flatMap((lane) =>
    (['sms', 'email'] as const).map((channel) => {
      const own = rows.filter((row) => row.lane === lane && row.channel === channel)
      return { lane, channel, isPaused: paused.includes(lane), ...countsOf(own) }
    }),
  )
  return { lanes, failures: failuresOf(rows) }
}

const pausedLanes = async (db: Database): Promise<Lane[]> => {
  const { rows } = await db.execute<Record<Lane, boolean | null>>(sql`
    select otp_paused as otp, money_paused as money, bulk_paused as bulk from messaging_config limit 1`)
  return LANES.filter((lane) => rows[0]?.[lane] === true)
}

const countsOf = (rows: Group[]): Record<OpenState, number> & { oldestSeconds: number | null } => {
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

const failuresOf = (rows: Group[]): Failure[] => {
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
