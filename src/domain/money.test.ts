import fc from 'fast-check'

import { formatMoney, isPositiveMinor, computeShare, toDecimal, toMinor } from './money.ts'

const amount = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })
const rate = fc.integer({ min: 0, max: 10_000 })
/** By their decimals: 2, 0, 3. */
const currency = fc.constantFrom('INR', 'USD', 'JPY', 'KWD')
const refused = (code: string) => expect.objectContaining({ name: 'DomainError', code }) as Error

describe('computeShare', () => {
  it.each([
    [10_000, 1_000, 1_000],
    [5, 1_000, 1],
    [4, 1_000, 0],
    [0, 10_000, 0],
    [1, 5_000, 1],
    [1, 4_999, 0],
    [Number.MAX_SAFE_INTEGER, 10_000, Number.MAX_SAFE_INTEGER],
  ])('of %i at %i bps is %i', (amountMinor, rateBps, share) => {
    expect(computeShare(amountMinor, rateBps)).toBe(share)
  })

  it('is exact and rounds half up, for every amount and rate', () => {
    fc.assert(
      fc.property(amount, rate, (amountMinor, rateBps) => {
        const product = BigInt(amountMinor) * BigInt(rateBps)
        const whole = product / 10_000n
        const isHalfOrMore = product % 10_000n >= 5_000n
        expect(BigInt(computeShare(amountMinor, rateBps))).toBe(isHalfOrMore ? whole + 1n : whole)
      }),
    )
  })

  it('is never negative and never more than the amount', () => {
    fc.assert(
      fc.property(amount, rate, (amountMinor, rateBps) => {
        const share = computeShare(amountMinor, rateBps)
        expect(share >= 0 && share <= amountMinor).toBe(true)
      }),
    )
  })

  it('does not fall if the amount or the rate rises', () => {
    fc.assert(
      fc.property(amount, amount, rate, rate, (oneAmount, twoAmount, oneRate, twoRate) => {
        const less = computeShare(Math.min(oneAmount, twoAmount), Math.min(oneRate, twoRate))
        const more = computeShare(Math.max(oneAmount, twoAmount), Math.max(oneRate, twoRate))
        expect(less).toBeLessThanOrEqual(more)
      }),
    )
  })

  it.each([-1, 0.5, NaN, Infinity, Number.MAX_SAFE_INTEGER + 1])(
    'refuses %d, which is not a whole number of minor units',
    (amountMinor) => {
      expect(() => computeShare(amountMinor, 1_000)).toThrow(refused('money.not-minor'))
    },
  )
})

describe('toMinor', () => {
  it.each([
    ['500', 'INR', 50_000],
    ['₹500', 'INR', 50_000],
    ['1,00,000.5', 'INR', 10_000_050],
    ['$1,234.56', 'USD', 123_456],
    ['0.01', 'INR', 1],
    ['5.00', 'JPY', 5],
    ['5.100', 'INR', 510],
    ['1.234', 'KWD', 1_234],
    ['90071992547409.91', 'INR', Number.MAX_SAFE_INTEGER],
  ])('reads %s %s as %i', (decimal, code, minor) => {
    expect(toMinor(decimal, code)).toBe(minor)
  })

  it.each([
    ['money.malformed', '', 'INR'],
    ['money.malformed', 'ten', 'INR'],
    ['money.malformed', '-5', 'INR'],
    ['money.malformed', '1.2.3', 'INR'],
    ['money.malformed', '.5', 'INR'],
    ['money.malformed', '5.', 'INR'],
    ['money.malformed', '1e3', 'INR'],
    ['money.malformed', '0x10', 'INR'],
    ['money.malformed', '5₹', 'INR'],
    ['money.too-precise', '0.001', 'INR'],
    ['money.too-precise', '0.5', 'JPY'],
    ['money.too-precise', '0.0001', 'KWD'],
    ['money.not-minor', '90071992547409.92', 'INR'],
    ['money.not-minor', '9'.repeat(400), 'INR'],
  ])('refuses with %s: "%s" %s', (code, decimal, inCurrency) => {
    expect(() => toMinor(decimal, inCurrency)).toThrow(refused(code))
  })

  it('reads every text that toDecimal writes, for currencies of 0, 2 and 3 decimals', () => {
    fc.assert(
      fc.property(amount, currency, (amountMinor, code) => {
        expect(toMinor(toDecimal(amountMinor, code), code)).toBe(amountMinor)
      }),
    )
  })

  it('reads every text that formatMoney writes in rupees', () => {
    fc.assert(
      fc.property(amount, (amountMinor) => {
        expect(toMinor(formatMoney(amountMinor, 'INR'), 'INR')).toBe(amountMinor)
      }),
    )
  })
})

describe('toDecimal', () => {
  it.each([
    [0, 'INR', '0.00'],
    [5, 'INR', '0.05'],
    [-5, 'INR', '-0.05'],
    [123_456, 'INR', '1234.56'],
    [100, 'JPY', '100'],
    [-100, 'JPY', '-100'],
    [0, 'JPY', '0'],
    [1, 'KWD', '0.001'],
    [12_345, 'KWD', '12.345'],
    [Number.MAX_SAFE_INTEGER, 'INR', '90071992547409.91'],
  ])('writes %i %s as %s', (amountMinor, code, decimal) => {
    expect(toDecimal(amountMinor, code)).toBe(decimal)
  })

  it('writes a negative amount with a minus before it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), currency, (minor, code) => {
        expect(toDecimal(-minor, code)).toBe(`-${toDecimal(minor, code)}`)
      }),
    )
  })
})

describe('formatMoney', () => {
  it.each([
    [12_345_678, 'INR', '₹1,23,456.78'],
    [0, 'INR', '₹0.00'],
    [-12_345_678, 'INR', '−₹1,23,456.78'],
    [100, 'JPY', 'JP¥100'],
    [-1_000, 'JPY', '−JP¥1,000'],
    [1_234, 'KWD', 'KWD\u00a01.234'],
    [Number.MAX_SAFE_INTEGER, 'INR', '₹9,00,71,99,25,47,409.91'],
  ])('shows %i %s as %s', (amountMinor, code, shown) => {
    expect(formatMoney(amountMinor, code)).toBe(shown)
  })

  it('groups as the locale does', () => {
    expect(formatMoney(12_345_678, 'USD', 'en-US')).toBe('$123,456.78')
  })

  it('keeps every digit of every amount', () => {
    fc.assert(
      fc.property(amount, currency, (amountMinor, code) => {
        const digits = formatMoney(amountMinor, code).replace(/\D/g, '')
        expect(Number(digits)).toBe(amountMinor)
      }),
    )
  })
})

describe('isPositiveMinor', () => {
  it.each([1, 10_000, Number.MAX_SAFE_INTEGER])('accepts %i', (value) => {
    expect(isPositiveMinor(value)).toBe(true)
  })

  it.each([
    [0],
    [-1],
    [0.5],
    [NaN],
    [Infinity],
    [Number.MAX_SAFE_INTEGER + 1],
    ['1'],
    [null],
    [1n],
  ])('refuses %s', (value) => {
    expect(isPositiveMinor(value)).toBe(false)
  })
})
