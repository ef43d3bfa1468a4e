import { ageInWords } from '../../../src/admin/format/ageInWords.ts'
import { countOf } from '../../../src/admin/format/counts.ts'
import { labelOf } from '../../../src/domain/labels.ts'
import { channelName } from '../../../src/messaging/channelName.ts'
import type { OperationsStats } from '../../../src/operations/operationsStats.ts'
import type { LaneRow } from '../../../src/messaging/outbox/stats.ts'

/** From when on a lane counts as slow, in seconds: what its messages are worth that late. */
const SLOW_AFTER = { otp: 10, money: 60, bulk: 900 }

/**
 * The answer before the evidence: do messages flow, and does anything wait for a decision?
 *
 * @example headlineOf(stats) // 'Messages flow. 2 messages could not be sent and wait for you.'
 */
export const headlineOf = ({ lanes, workers }: OperationsStats): string => {
  const sum = (name: 'dead' | 'pending') => lanes.reduce((total, lane) => total + lane[name], 0)
  const isSent = workers.some(({ isAlive, kinds }) => isAlive && kinds.includes('notifications'))
  const dead = sum('dead')
  const decide =
    dead > 0 ? `${countOf(dead, 'message')} could not be sent and ${waits(dead)} for you.` : ''
  return `${flowOf(lanes, sum('pending'), isSent)} ${decide || 'No dead letters.'}`
}

const waits = (count: number): string => (count === 1 ? 'waits' : 'wait')

const flowOf = (lanes: LaneRow[], pending: number, isSent: boolean): string => {
  if (!isSent) {
    return pending > 0
      ? `Nothing is sent: no worker is alive, and ${countOf(pending, 'message')} ${waits(pending)}.`
      : 'Nothing waits, and no worker is alive.'
  }
  const paused = [...new Set(lanes.filter(({ isPaused }) => isPaused).map(({ lane }) => lane))]
  if (paused.length > 0) return `Paused: ${paused.map(labelOf).join(', ')}. The rest flows.`
  const slow = lanes.find((lane) => laneState(lane, isSent) === 'slow')
  if (!slow) return 'Messages flow.'
  const age = ageInWords(slow.oldestSeconds)
  return `${labelOf(slow.lane)} is slow over ${channelName(slow.channel)}: the oldest waits for ${age}.`
}

export type LaneState = 'flowing' | 'no-worker' | 'paused' | 'slow'

/** What to think of a lane over a channel; a name of a pill. */
export const laneState = (
  { isPaused, lane, oldestSeconds, pending }: LaneRow,
  isSent: boolean,
): LaneState => {
  if (isPaused) return 'paused'
  if (!isSent && pending > 0) return 'no-worker'
  return (oldestSeconds ?? 0) > SLOW_AFTER[lane] ? 'slow' : 'flowing'
}
