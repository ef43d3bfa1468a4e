import { logAborts } from './logAborts.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

it('requests that end before their body are logged in one line every ten seconds, with their number', () => {
  const info = vi.fn()
  const count = logAborts({ info })
  for (let ended = 0; ended < 1_500; ended += 1) count()
  expect(info).not.toHaveBeenCalled()
  vi.advanceTimersByTime(10_000)
  expect(info.mock.calls).toEqual([[{ msg: 'requests ended before their body', count: 1_500 }]])

  count()
  vi.advanceTimersByTime(10_000)
  expect(info).toHaveBeenLastCalledWith({ msg: 'requests ended before their body', count: 1 })
  vi.advanceTimersByTime(60_000)
  expect(info).toHaveBeenCalledTimes(2)
})
