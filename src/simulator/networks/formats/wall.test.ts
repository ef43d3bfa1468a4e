import { instantOf, wallTime } from './wall.ts'

describe('clocks on the wall', () => {
  it('show the same instant as different days', () => {
    const ms = Date.parse('2026-10-31T23:45:00+05:30')
    expect(wallTime(ms, 330)).toBe('2026-10-31 23:45:00')
    expect(wallTime(ms, 180)).toBe('2026-10-31 21:15:00')
    expect(instantOf({ day: '2026-10-31', time: '23:45:00' }, 330)).toBe(ms)
  })

  it.each(['2026-02-31', '2026-13-01', '2026-00-10', 'x'])('never show %s', (day) => {
    expect(instantOf({ day }, 0)).toBeNull()
  })
})
