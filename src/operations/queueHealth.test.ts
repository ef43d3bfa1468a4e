import type { WorkerState } from './listWorkers.ts'
import { assessQueue } from './queueHealth.ts'

const buildWorker = (over: Partial<WorkerState> = {}): WorkerState => ({
  host: 'a1',
  pid: 1,
  kinds: ['notifications'],
  startedAt: '2026-11-20T09:00:00Z',
  seenSeconds: 3,
  isAlive: true,
  ...over,
})
const otp = (pending: number, oldestSeconds: number | null) => ({
  lane: 'otp' as const,
  pending,
  oldestSeconds,
})
const bulk = (pending: number, oldestSeconds: number | null) => ({
  ...otp(pending, oldestSeconds),
  lane: 'bulk' as const,
})

describe('the queue is', () => {
  it.each([
    ['healthy when nothing waits, also without a worker', [otp(0, null)], [], []],
    [
      'healthy when a worker sends the waiting messages',
      [otp(2, 5), bulk(900, 4_000)],
      [buildWorker()],
      [],
    ],
    ['unhealthy when rows wait and there is no worker', [bulk(1, 5)], [], ['no-worker']],
    [
      'unhealthy when its only worker is lost',
      [bulk(1, 5)],
      [buildWorker({ isAlive: false })],
      ['no-worker'],
    ],
    [
      'unhealthy when its only worker runs other kinds of jobs',
      [bulk(1, 5)],
      [buildWorker({ kinds: ['sync'] })],
      ['no-worker'],
    ],
    ['healthy with a code of 60 s', [otp(1, 60)], [buildWorker()], []],
    ['unhealthy with a code of 61 s', [otp(1, 61)], [buildWorker()], ['codes-are-late']],
    [
      'unhealthy with a code of 61 s that is being sent',
      [otp(0, 61)],
      [buildWorker()],
      ['codes-are-late'],
    ],
  ] as const)('%s', (_case, lanes, workers, problems) => {
    const health = assessQueue([...lanes], [...workers])
    expect(health.problems).toEqual(problems)
    expect(health.ok).toBe(problems.length === 0)
  })
})
