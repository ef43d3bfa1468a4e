import { dayIn, isDay, resolveTimeZone, nextDay, startOfDay } from './zonedDay.ts'

describe('startOfDay', () => {
  it.each([
    ['2026-11-01', 'UTC', '2026-11-01T00:00:00.000Z', 'no offset'],
    ['2026-11-01', 'Asia/Kolkata', '2026-10-31T18:30:00.000Z', 'half an hour'],
    ['2026-11-01', 'America/New_York', '2026-11-01T04:00:00.000Z', 'still summer at midnight'],
    ['2026-11-02', 'America/New_York', '2026-11-02T05:00:00.000Z', 'winter since 2 o’clock'],
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z', 'before the clock goes forward'],
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z', 'midnight was skipped'],
    ['2024-11-03', 'America/Havana', '2024-11-03T04:00:00.000Z', 'midnight came twice'],
    ['2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00.000Z', 'the whole day was skipped'],
    ['2026-01-01', 'Pacific/Kiritimati', '2025-12-31T10:00:00.000Z', 'the first place of all'],
    ['2026-01-01', 'Etc/GMT+12', '2026-01-01T12:00:00.000Z', 'the last place of all'],
  ])('%s in %s is %s: %s', (day, zone, instant) => {
    expect(startOfDay(day, zone).toISOString()).toBe(instant)
  })

  it('returns the first instant of the day in every time zone', () => {
    for (const zone of Intl.supportedValuesOf('timeZone')) {
      const start = startOfDay('2026-06-15', zone)
      expect([zone, dayIn(start, zone)]).toEqual([zone, '2026-06-15'])
      expect(dayIn(new Date(start.getTime() - 1), zone)).toBe('2026-06-14')
    }
  })
})

describe('isDay', () => {
  it.each(['2026-02-28', '2024-02-29', '1970-01-01', '9998-12-31'])('accepts %s', (day) => {
    expect(isDay(day)).toBe(true)
  })
  it.each([
    '2026-02-30',
    '2025-02-29',
    '2026-13-01',
    '2026-1-1',
    '1969-12-31',
    '9999-01-01',
    '',
    '2026-11-01T00',
  ])('refuses "%s"', (day) => {
    expect(isDay(day)).toBe(false)
  })
})

it('nextDay crosses the ends of months and years, and leap days', () => {
  expect(['2026-11-30', '2026-12-31', '2024-02-28'].map(nextDay)).toEqual([
    '2026-12-01',
    '2027-01-01',
    '2024-02-29',
  ])
})

it.each([
  ['Asia/Kolkata', ['Asia/Kolkata', 'Asia/Calcutta']],
  ['Europe/Berlin', ['Europe/Berlin']],
  ['Nowhere/Else', ['UTC']],
  ['', ['UTC']],
  [null, ['UTC']],
])('resolveTimeZone returns %s for %j', (name, zones) => {
  expect(zones).toContain(resolveTimeZone(name))
})
