import fc from 'fast-check'

import type { DomainError } from '../../domain/errors.ts'
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
    '46353.5',
    '',
  ])('%s is refused', (text) => {
    expect(codeOf(() => parseTime(text, US))).toBe('time.malformed')
  })
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
