import { formatAge } from '../../../src/admin/format/formatAge.ts'
import { countOf } from '../../../src/admin/format/counts.ts'
import { labelOf } from '../../../src/domain/labels.ts'
import { channelName } from '../../../src/messaging/channelName.ts'
import type { OperationsStats } from '../../../src/operations/operationsStats.ts'
import type { LaneRow } from '../../../src/messaging/outbox/stats.ts'

/** The age of the oldest message, in seconds, from which a lane counts as slow. */
const SLOW_AFTER = { otp: 10, money: 60, bulk: 900 }

/**
 * The summary above the figures: whether messages flow, and how many dead letters there are.
 *
 * @example formatHeadline(stats) // 'Messages flow. 2 messages could not be sent and wait for you.'
 */
export const formatHeadline = ({ lanes, workers }: OperationsStats): string => {
  const sum = (name: 'dead' | 'pending') => lanes.reduce((total, lane) => total + lane[name], 0)
  const isSent = workers.some(({ isAlive, kinds }) => isAlive && kinds.includes('notifications'))
  const dead = sum('dead')
  const decide =
    dead > 0
      ? `${countOf(dead, 'message')} could not be sent and ${formatWaits(dead)} for you.`
      : ''
  return `${describeFlow(lanes, sum('pending'), isSent)} ${decide || 'No dead letters.'}`
}

const formatWaits = (count: number): string => (count === 1 ? 'waits' : 'wait')

const describeFlow = (lanes: LaneRow[], pending: number, isSent: boolean): string => {
  if (!isSent) {
    return pending > 0
      ? `Nothing is sent: no worker is alive, and ${countOf(pending, 'message')} ${formatWaits(pending)}.`
      : 'No message waits, and no worker is alive.'
  }
  const paused = [...new Set(lanes.filter(({ isPaused }) => isPaused).map(({ lane }) => lane))]
  if (paused.length > 0) return `Paused: ${paused.map(labelOf).join(', ')}. The other lanes flow.`
  const slow = lanes.find((lane) => classifyLane(lane, isSent) === 'slow')
  if (!slow) return 'Messages flow.'
  const age = formatAge(slow.oldestSeconds)
  return `${labelOf(slow.lane)} is slow on ${channelName(slow.channel)}: the oldest waits for ${age}.`
}

type LaneState = 'flowing' | 'no-worker' | 'paused' | 'slow'

/** Returns the state of a lane on a channel. It is the status of a pill. */
export const classifyLane = (
  { isPaused, lane, oldestSeconds, pending }: LaneRow,
  isSent: boolean,
): LaneState => {
  if (isPaused) return 'paused'
  if (!isSent && pending > 0) return 'no-worker'
  return (oldestSeconds ?? 0) > SLOW_AFTER[lane] ? 'slow' : 'flowing'
}
