import { now, takeTimeFrom } from './clock.ts'
import { followClock } from './followClock.ts'
import { useSimulator } from './testing/useSimulator.ts'

const simulator = useSimulator()
afterEach(() => {
  takeTimeFrom(null)
})

const follow = () => followClock(`${simulator.url()}/control/clock`)

describe('followClock', () => {
  it('tells the time of the clock that it follows', async () => {
    await simulator.control('/clock', { now: '2031-05-05T05:05:05.000Z', isTicking: false })
    await follow()
    expect(now().toISOString()).toBe('2031-05-05T05:05:05.000Z')
  })

  it('goes on between two looks, where the clock ticks', async () => {
    await simulator.control('/clock', { now: '2031-05-05T05:05:05.000Z', isTicking: true })
    await follow()
    const before = now().getTime()
    expect(before).toBeGreaterThanOrEqual(Date.parse('2031-05-05T05:05:05.000Z'))
    expect(before).toBeLessThan(Date.parse('2031-05-05T05:06:05.000Z'))
  })

  it('does not start by a clock that nobody has', async () => {
    await expect(followClock('http://127.0.0.1:9/clock')).rejects.toThrow()
  })
})
