import fc from 'fast-check'

import type { DomainError } from '../domain/errors.ts'
import { parseTime } from './parseTime.ts'

const US = { dateOrder: 'mdy', utcOffset: '+01:00' } as const
const INDIA = { dateOrder: 'dmy', utcOffset: '+05:30' } as const
const codeOf = (read: () => unknown): string => {
  try {
    return `read as ${String(read())}`
  } catch (error) {
    return (error as DomainError).code
  }
}

describe('a time', () => {
  it.each([
    ['11/27/2026 9:05', '2026-11-27T08:05:00.000Z'],
    ['11/27/2026 9:05:30 PM', '2026-11-27T20:05:30.000Z'],
    ['11/27/2026 12:00 AM', '2026-11-26T23:00:00.000Z'],
    ['11/27/2026, 12:00 p.m.', '2026-11-27T11:00:00.000Z'],
    ['2026-11-27 09:05:00 UTC', '2026-11-27T09:05:00.000Z'],
    ['2026-11-27T09:05:00.123Z', '2026-11-27T09:05:00.000Z'],
    ['2026-11-27T09:05:00+0530', '2026-11-27T03:35:00.000Z'],
    ['2026-11-27 09:05 GMT+05:30', '2026-11-27T03:35:00.000Z'],
    ['27-Nov-2026', '2026-11-26T23:00:00.000Z'],
    ['Nov 27, 2026 9:05 PM', '2026-11-27T20:05:00.000Z'],
    ['27 November 2026', '2026-11-26T23:00:00.000Z'],
    ['11.27.2026', '2026-11-26T23:00:00.000Z'],
    ['Fri, 27 Nov 2026 09:05:00 +0000', '2026-11-27T09:05:00.000Z'],
    ['2026-11-27 09:05:00+00', '2026-11-27T09:05:00.000Z'],
    ['Sept. 7, 2026', '2026-09-06T23:00:00.000Z'],
  ])('%s is read with month first', (text, at) => {
    expect(parseTime(text, US)).toBe(at)
  })

  it.each([
    ['27/11/2026 9:30', '2026-11-27T04:00:00.000Z'],
    ['20/11/2026', '2026-11-19T18:30:00.000Z'],
  ])('%s is read with day first, at the offset of the account', (text, at) => {
    expect(parseTime(text, INDIA)).toBe(at)
  })

  it.each([
    '11/27/26 09:05',
    '13/13/2026',
    '2/30/2026',
    '11/27/2026 24:00',
    '11/27/2026 13:00 PM',
    '11/27/2026 0:30 AM',
    '11/27/2026 9:5',
    '11/27/2026 IST',
    '11-27/2026',
    'Foo 27, 2026',
    '20261127',
    'Thu, 27 Nov 2026 09:05:00 +0000',
    '27 marraskuu 2026',
    '27 Maybe 2026',
    '11/27/2026 9:05 +15:00',
    '11/27/2026 9:05 +05:99',
    '1795770300',
    '2026-27-11',
    'x'.repeat(100_000),
    '46353.5',
    '',
  ])('%s is refused', (text) => {
    expect(codeOf(() => parseTime(text, US))).toBe('time.malformed')
  })
})

describe('a time in a time zone with summer time', () => {
  const BERLIN = { dateOrder: 'dmy', utcOffset: '+00:00', timeZone: 'Europe/Berlin' } as const

  it.each([
    ['27.11.2026 10:00', '2026-11-27T09:00:00.000Z'],
    ['27.07.2026 10:00', '2026-07-27T08:00:00.000Z'],
    ['27.07.2026', '2026-07-26T22:00:00.000Z'],
    ['29.03.2026 01:59:59', '2026-03-29T00:59:59.000Z'],
    ['29.03.2026 03:00', '2026-03-29T01:00:00.000Z'],
    ['25.10.2026 03:00', '2026-10-25T02:00:00.000Z'],
    ['25.10.2026 02:30 +02:00', '2026-10-25T00:30:00.000Z'],
  ])('%s is %s', (text, at) => {
    expect(parseTime(text, BERLIN)).toBe(at)
  })

  it('is refused if the clock skips it, and if the clock shows it twice', () => {
    expect(codeOf(() => parseTime('29.03.2026 02:30', BERLIN))).toBe('time.malformed')
    expect(codeOf(() => parseTime('25.10.2026 02:30', BERLIN))).toBe('time.ambiguous')
  })

  it('a day begins with its first instant where the clock skips midnight', () => {
    const chile = { ...BERLIN, timeZone: 'America/Santiago' }
    expect(parseTime('06.09.2026', chile)).toBe('2026-09-06T04:00:00.000Z')
  })
})

it.each([
  ['05/11/2026', 'time.ambiguous'],
  ['05/11/2026 10:00', 'time.ambiguous'],
  ['05/05/2026', 'read as 2026-05-04T18:30:00.000Z'],
  ['27/11/2026', 'read as 2026-11-26T18:30:00.000Z'],
  ['05-Nov-2026', 'read as 2026-11-04T18:30:00.000Z'],
  ['2026-11-05', 'read as 2026-11-04T18:30:00.000Z'],
])('%s in a file that mixes the orders of day and month: %s', (text, result) => {
  expect(codeOf(() => parseTime(text, { ...INDIA, isMixed: true }))).toBe(result)
})

it('a date is read in its own order, and in another only where both mean the same day', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }),
      fc.constantFrom('dmy', 'mdy', 'ymd'),
      fc.constantFrom('/', '-', '.'),
      (date, dateOrder, mark) => {
        const [year = '', month = '', day = ''] = date.toISOString().slice(0, 10).split('-')
        const parts = { dmy: [day, month, year], mdy: [month, day, year], ymd: [year, month, day] }
        const format = { dateOrder, utcOffset: '+00:00' } as const
        const expected = `read as ${year}-${month}-${day}T00:00:00.000Z`
        expect(codeOf(() => parseTime(parts[dateOrder].join(mark), format))).toBe(expected)
        expect(codeOf(() => parseTime(parts.ymd.join(mark), format))).toBe(expected)
        const wrong = { dmy: parts.mdy, mdy: parts.dmy, ymd: parts.dmy }[dateOrder]
        if (Number(day) > 12 || dateOrder === 'ymd')
          expect(codeOf(() => parseTime(wrong.join(mark), format))).toBe('time.malformed')
      },
    ),
    { numRuns: 10_000 },
  )
})
