import type { WorkerState } from './listWorkers.ts'
import { judgeQueue } from './queueHealth.ts'

const aWorker = (over: Partial<WorkerState> = {}): WorkerState => ({
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
    ['well when nothing waits, also without a worker', [otp(0, null)], [], []],
    ['well when a worker sends what waits', [otp(2, 5), bulk(900, 4_000)], [aWorker()], []],
    ['ill when rows wait and nobody is there', [bulk(1, 5)], [], ['no-worker']],
    ['ill when who was there is gone', [bulk(1, 5)], [aWorker({ isAlive: false })], ['no-worker']],
    [
      'ill when who is there sends nothing',
      [bulk(1, 5)],
      [aWorker({ kinds: ['sync'] })],
      ['no-worker'],
    ],
    ['well with a code of 60 s', [otp(1, 60)], [aWorker()], []],
    ['ill with a code of 61 s', [otp(1, 61)], [aWorker()], ['codes-are-late']],
    ['ill with a code that hangs while it is sent', [otp(0, 61)], [aWorker()], ['codes-are-late']],
  ] as const)('%s', (_title, lanes, workers, problems) => {
    const health = judgeQueue([...lanes], [...workers])
    expect(health.problems).toEqual(problems)
    expect(health.ok).toBe(problems.length === 0)
  })
})
