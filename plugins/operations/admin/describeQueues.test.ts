import { formatNextRun } from '../../../src/admin/format/formatNextRun.ts'
import { formatAge } from '../../../src/admin/format/formatAge.ts'
import type { JobState } from '../../../src/operations/jobStates.ts'
import type { OperationsStats } from '../../../src/operations/operationsStats.ts'
import type { LaneRow } from '../../../src/messaging/outbox/stats.ts'
import { formatHeadline, classifyLane } from './describeQueues.ts'
import { describeReason } from './describeReason.ts'
import { describeLastRun } from './describeLastRun.ts'

const aLane = (over: Partial<LaneRow> = {}): LaneRow => ({
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
  ({ lanes: [aLane(lane)], workers }) as unknown as OperationsStats

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
  ])('of %j', (lane, workers, text) => {
    expect(formatHeadline(statsOf(lane, workers))).toBe(text)
  })
})

it.each([
  [null, '—'],
  [0, '0 s'],
  [52, '52 s'],
  [60, '1 min'],
  [112, '1 min 52 s'],
  [3_605, '1 h'],
  [100_000, '1 d 3 h'],
])('%p seconds are written as %s', (seconds, text) => {
  expect(formatAge(seconds)).toBe(text)
})

it.each([
  [{ lane: 'otp', oldestSeconds: 11 }, true, 'slow'],
  [{ lane: 'bulk', oldestSeconds: 600 }, true, 'flowing'],
  [{ pending: 1 }, false, 'no-worker'],
  [{ pending: 1, isPaused: true }, false, 'paused'],
] as const)('a lane with %j and a worker alive: %p is %s', (lane, isSent, state) => {
  expect(classifyLane(aLane(lane), isSent)).toBe(state)
})

it.each([
  ['attempts-used-up: http-503', 'The provider had an error, each time'],
  ['http-400', 'The provider refused it'],
  ['ECONNREFUSED', 'The provider could not be reached'],
  ['outcome-unknown', 'It is unknown whether it arrived'],
  [null, 'No reason was recorded'],
])('the reason %p is described as %s', (reason, text) => {
  expect(describeReason(reason)).toBe(text)
})

describe('a job', () => {
  const when = { now: '2026-11-20T09:05:00Z', timeZone: 'Asia/Kolkata' }
  it.each([
    ['2026-11-21T02:00:00Z', 'Tomorrow, 07:30, in 16 h'],
    ['2026-11-20T09:15:00Z', 'Today, 14:45, in 10 min'],
    ['2026-11-22T01:00:00Z', 'Sunday, 06:30, in 1 d 15 h'],
  ])('that runs next at %s reads: %s', (at, text) => {
    expect(formatNextRun(at, when)).toBe(text)
  })

  it.each([
    [{ status: 'completed', report: { released: 1_204, stuck: [] } }, '1,204 released'],
    [{ status: 'completed', report: { released: 0 } }, 'Nothing to do'],
    [{ status: 'failed', error: 'no such host' }, 'Failed: no such host'],
    [{ status: 'never-run' }, 'Never run'],
  ])('with the last run %j reads: %s', (job, text) => {
    expect(describeLastRun(job as unknown as JobState)).toBe(text)
  })
})
