import fc from 'fast-check'

import { toDecimal } from '../../../domain/money.ts'
import { parseSeconds, parseInstant, parseOptionalInstant, toWallClock } from './instants.ts'
import { parseCurrency, parseMinor } from './amounts.ts'
import { sliceWindow } from './windows.ts'

describe('an amount', () => {
  it.each([
    [124.95, 'INR', 12_495],
    ['124.95', 'INR', 12_495],
    [14.7, 'USD', 1_470],
    [58.8, 'USD', 5_880],
    [1.005, 'USD', 101],
    [0.1 + 0.2, 'USD', 30],
    [1e-7, 'USD', 0],
    [-1e-7, 'USD', 0],
    ['-2.00', 'INR', -200],
    ['−2.005', 'INR', -201],
    ['1,00,000.5', 'INR', 10_000_050],
    ['0.4999', 'JPY', 0],
    [1_799.5, 'JPY', 1_800],
    [1.2345, 'KWD', 1_235],
    [0, 'INR', 0],
  ])('of %s %s is %i minor units', (amount, currency, minor) => {
    expect(parseMinor(amount, currency)).toBe(minor)
  })

  it('is parsed exactly, as a number or as a text, for every amount', () => {
    const currencies = fc.constantFrom('INR', 'JPY', 'KWD')
    const amounts = fc.integer({ min: -1e12, max: 1e12 })
    fc.assert(
      fc.property(amounts, currencies, (minor, currency) => {
        const text = toDecimal(minor, currency)
        expect(parseMinor(text, currency)).toBe(minor)
        expect(parseMinor(Number(text), currency)).toBe(minor)
      }),
    )
  })

  it.each(['', '-', '--1', '1.2.3', '1e3', 'NaN', '1,2', '.5', '1.', 'Infinity'])(
    'of %j is refused',
    (amount) => {
      expect(() => parseMinor(amount, 'INR')).toThrow()
    },
  )

  it.each([1e21, Number.NaN, Number.POSITIVE_INFINITY, 9_007_199_254_740_993])(
    'of %s is refused: it is not a safe number',
    (amount) => {
      expect(() => parseMinor(amount, 'INR')).toThrow()
    },
  )

  it('has a currency of ISO 4217, in upper or lower case', () => {
    expect(parseCurrency(' inr ')).toBe('INR')
    expect(() => parseCurrency('rupee')).toThrow('not a currency')
  })
})

describe('a time', () => {
  it.each([
    ['2026-10-02 14:05:11', '+03:00', '2026-10-02T11:05:11.000Z'],
    ['2026-10-31T23:45:00+05:30', '+03:00', '2026-10-31T18:15:00.000Z'],
    ['2026-10-31T23:45:00+0530', '+03:00', '2026-10-31T18:15:00.000Z'],
    ['2026-10-12T08:14:22.000Z', '+03:00', '2026-10-12T08:14:22.000Z'],
    ['2026-10-12', '+05:30', '2026-10-11T18:30:00.000Z'],
    ['2026-10-12 08:14', '-05:00', '2026-10-12T13:14:00.000Z'],
  ])('%s at offset %s is %s', (text, utcOffset, instant) => {
    expect(parseInstant(text, utcOffset)).toBe(instant)
  })

  it.each([
    '',
    'yesterday',
    '2026-02-30',
    '2026-10-12 25:00:00',
    '0000-00-00 00:00:00',
    '1790931311',
  ])('%j is refused', (text) => {
    expect(() => parseInstant(text, '+00:00')).toThrow('not a time')
    expect(parseOptionalInstant(text, '+00:00')).toBeNull()
  })

  it('may be seconds since 1970', () => {
    expect(parseSeconds('1790931311')).toBe('2026-10-02T08:55:11.000Z')
    for (const text of ['', '-1', '1e9', '99999999999']) {
      expect(() => parseSeconds(text)).toThrow('not a time')
    }
  })

  it('is converted to local time at any offset', () => {
    const at = new Date('2026-10-31T20:00:00Z')
    expect(toWallClock(at, '+05:30')).toEqual({ day: '2026-11-01', time: '01:30:00' })
    expect(toWallClock(at, '-09:30')).toEqual({ day: '2026-10-31', time: '10:30:00' })
  })
})

describe('slices of a window', () => {
  const capabilities = {
    hasChangeFilter: false,
    maxWindowDays: 30,
    rescanDays: 90,
    maxClickIdLength: 30,
    requestsPerMinute: null,
  }

  it('cover it without a gap, oldest first, and none is too long', () => {
    const days = fc.double({ min: 0, max: 400, noNaN: true })
    fc.assert(
      fc.property(days, (length) => {
        const from = new Date('2026-01-01T00:00:00Z')
        const to = new Date(from.getTime() + Math.round(length * 86_400_000))
        const slices = sliceWindow({ from, to, by: 'event' }, capabilities)
        expect(slices[0]?.from).toEqual(from)
        expect(slices.at(-1)?.to).toEqual(to)
        for (const [at, slice] of slices.entries()) {
          expect(slice.to.getTime() - slice.from.getTime()).toBeLessThanOrEqual(30 * 86_400_000)
          expect(slices[at + 1]?.from ?? to).toEqual(slice.to)
        }
      }),
    )
  })
})
