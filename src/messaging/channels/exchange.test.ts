import type { Outcome } from '../types.ts'
import { exchange } from './exchange.ts'

const never = new AbortController().signal
const ACCEPTED: Outcome = { kind: 'accepted', providerMessageId: 'm1' }
const start = (over: { load: () => Promise<unknown>; signal?: AbortSignal }) => {
  const request = vi.fn((deadline: AbortSignal) => Promise.resolve(deadline.aborted))
  const outcome = exchange({
    to: '+919800000001',
    signal: never,
    timeoutMs: 1_000,
    request,
    classify: (isLate) => (isLate ? { kind: 'unknown', code: 'timeout', detail: '' } : ACCEPTED),
    ...over,
  })
  return { outcome, request }
}

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

describe('a package that is loaded with the first message', () => {
  it('takes nothing of the deadline', async () => {
    const { outcome } = start({ load: () => new Promise((done) => setTimeout(done, 5_000)) })
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await outcome).toEqual(ACCEPTED)
  })

  it('that cannot be loaded sends nothing, and the message is tried again', async () => {
    const { outcome, request } = start({ load: () => Promise.reject(new Error('no such package')) })
    expect(await outcome).toEqual({
      kind: 'retry',
      code: 'not-loaded',
      detail: 'Error: no such package',
    })
    expect(request).not.toHaveBeenCalled()
  })

  it('while the process stops sends nothing', async () => {
    const stop = new AbortController()
    const load = () => {
      stop.abort()
      return Promise.resolve()
    }
    const { outcome, request } = start({ load, signal: stop.signal })
    expect(await outcome).toMatchObject({ kind: 'retry', code: 'stopped' })
    expect(request).not.toHaveBeenCalled()
  })
})
