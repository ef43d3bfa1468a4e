import { timesIn } from './times.ts'

const AT = '2026-11-18T20:52:41Z'

describe('timesIn', () => {
  it('formats the day and the time in the person’s zone', () => {
    const india = timesIn('Asia/Kolkata')
    expect(india.full(AT)).toBe('19 Nov 2026, 02:22:41')
    expect(india.short(new Date(AT))).toBe('19 Nov, 02:22:41')
    expect([india.day(AT), india.dayOfMonth(AT), india.month(AT)]).toEqual([
      '19 Nov 2026',
      '19 Nov',
      'Nov 2026',
    ])
    expect(timesIn('UTC').full(AT)).toBe('18 Nov 2026, 20:52:41')
  })

  it('names the zone', () => {
    expect(timesIn('Asia/Kolkata').zone).toBe('IST')
    expect(timesIn('UTC').zone).toBe('UTC')
  })

  it.each([null, undefined, '', 'Mars/Olympus'])('falls back to India’s zone for %s', (name) => {
    expect(timesIn(name).timeZone).toBe('Asia/Kolkata')
  })
})
