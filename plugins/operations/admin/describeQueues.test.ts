import type { OperationsStats } from '../../../src/operations/operationsStats.ts'
import type { LaneRow } from '../../../src/messaging/outbox/stats.ts'
import { formatHeadline, classifyLane } from './describeQueues.ts'

const buildLane = (over: Partial<LaneRow> = {}): LaneRow => ({
  lane: 'money',
  channel: 'sms',
  isPaused: false,
  pending: 0,
  sending: 0,
  unknown: 0,
  dead: 0,
  oldestSeconds: null,
  sentLastHour: 0,
  perMinute: [],
  p95Seconds: null,
  ...over,
})
const WORKER = {
  host: 'a',
  pid: 1,
  kinds: ['notifications'],
  startedAt: '',
  seenSeconds: 1,
  isAlive: true,
}
const statsOf = (lane: Partial<LaneRow>, workers = [WORKER]) =>
  ({ lanes: [buildLane(lane)], workers }) as unknown as OperationsStats

describe('the headline', () => {
  it.each([
    [{}, [WORKER], 'Messages flow. No dead letters.'],
    [{ dead: 1 }, [WORKER], 'Messages flow. 1 message could not be sent and waits for you.'],
    [
      { pending: 2 },
      [],
      'Nothing is sent: no worker is alive, and 2 messages wait. No dead letters.',
    ],
    [{ isPaused: true }, [WORKER], 'Paused: Money. The other lanes flow. No dead letters.'],
    [
      { pending: 2, oldestSeconds: 112 },
      [WORKER],
      'Money is slow on SMS: the oldest waits for 1 min 52 s. No dead letters.',
    ],
  ])('of a lane with %j and the workers %j is: %s', (lane, workers, text) => {
    expect(formatHeadline(statsOf(lane, workers))).toBe(text)
  })
})

it.each([
  [{ lane: 'otp', oldestSeconds: 11 }, true, 'slow'],
  [{ lane: 'bulk', oldestSeconds: 600 }, true, 'flowing'],
  [{ pending: 1 }, false, 'no-worker'],
  [{ pending: 1, isPaused: true }, false, 'paused'],
] as const)('a lane with %j and a worker alive: %s is %s', (lane, isSent, state) => {
  expect(classifyLane(buildLane(lane), isSent)).toBe(state)
})
