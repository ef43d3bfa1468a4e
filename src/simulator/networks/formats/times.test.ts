import { parseWallTime, formatWallTime } from './times.ts'

describe('local times', () => {
  it('show the same instant as different days at different offsets', () => {
    const ms = Date.parse('2026-10-31T23:45:00+05:30')
    expect(formatWallTime(ms, 330)).toBe('2026-10-31 23:45:00')
    expect(formatWallTime(ms, 180)).toBe('2026-10-31 21:15:00')
    expect(parseWallTime({ day: '2026-10-31', time: '23:45:00' }, 330)).toBe(ms)
  })

  it.each(['2026-02-31', '2026-13-01', '2026-00-10', 'x'])('reject %s', (day) => {
    expect(parseWallTime({ day }, 0)).toBeNull()
  })
})
