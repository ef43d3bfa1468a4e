import { now, setTimeSource } from './clock.ts'
import { followClock } from './followClock.ts'
import { useSimulator } from '../../test/support/useSimulator.ts'

const simulator = useSimulator()
afterEach(() => {
  setTimeSource(null)
})

const follow = () => followClock(`${simulator.url()}/control/clock`)

describe('followClock', () => {
  it('follows the time of the clock', async () => {
    await simulator.control('/clock', { now: '2031-05-05T05:05:05.000Z', isTicking: false })
    await follow()
    expect(now().toISOString()).toBe('2031-05-05T05:05:05.000Z')
  })

  it('continues between two reads when the clock ticks', async () => {
    await simulator.control('/clock', { now: '2031-05-05T05:05:05.000Z', isTicking: true })
    await follow()
    const before = now().getTime()
    expect(before).toBeGreaterThanOrEqual(Date.parse('2031-05-05T05:05:05.000Z'))
    expect(before).toBeLessThan(Date.parse('2031-05-05T05:06:05.000Z'))
  })

  it('fails at the start when the clock does not answer', async () => {
    await expect(followClock('http://127.0.0.1:9/clock')).rejects.toThrow()
  })
})
