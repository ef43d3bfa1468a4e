import fc from 'fast-check'

import type { DomainError } from '../domain/errors.ts'
import { type DecimalSign, findConvention, parseAmount } from './parseAmount.ts'

const EUR = { currency: 'EUR', decimalSign: ',' } as const
const INR = { currency: 'INR', decimalSign: '.' } as const
const codeOf = (read: () => unknown): string => {
  try {
    return `read as ${String(read())}`
  } catch (error) {
    return (error as DomainError).code
  }
}

describe('an amount with a decimal comma', () => {
  it.each([
    ['12,50', 1_250],
    ['1.234,50', 123_450],
    ['1 234,50', 123_450],
    ['1.234.567', 123_456_700],
    ['12,50 €', 1_250],
    ['EUR 12,50', 1_250],
    ['€12,50', 1_250],
    ['€ -12,50', -1_250],
    ['12,50-', -1_250],
    ['(12,50 €)', -1_250],
    ['−5,00 EUR', -500],
    ['+5', 500],
    ['0,125', 13],
  ])('%s is read', (text, minor) => {
    expect(parseAmount(text, EUR)).toBe(minor)
  })

  it.each([
    '12.50',
    '1,234.50',
    '1,234',
    '0.123',
    '12,5,5',
    '1.23.456',
    '1  234,50',
    '12 50',
    '12,',
    '--5',
    '(5',
    'abc',
    '',
  ])('%s is refused, because it is another convention or no amount', (text) => {
    expect(codeOf(() => parseAmount(text, EUR))).toBe('money.malformed')
  })

  it.each(['$12,50', '12,50 USD', '₹5'])('%s is refused: another currency', (text) => {
    expect(codeOf(() => parseAmount(text, EUR))).toBe('money.other-currency')
  })
})

describe('an amount with a decimal point', () => {
  it.each([
    ['1,234.50', 123_450],
    ['1,00,000.50', 10_000_050],
    ['₹500', 50_000],
    ['Rs. 1,234', 123_400],
    ['1’234.50', 123_450],
    ["1'234.50", 123_450],
    ['INR 5.00-', -500],
    ['1234.567', 123_457],
    ['.50', 50],
    ['-.5', -50],
    ['(Rs. 500)', -50_000],
    ['–5.00', -500],
    ['10,00,00,000', 10_000_000_000],
    ['1\u202f234.50', 123_450],
  ])('%s is read', (text, minor) => {
    expect(parseAmount(text, INR)).toBe(minor)
  })

  it.each(['12,50', '1.234', '12.345'])(
    '%s is refused: it may be of the other convention',
    (text) => {
      expect(codeOf(() => parseAmount(text, INR))).toBe('money.malformed')
    },
  )
})

it.each([
  'constructor 5',
  '1.23E+5',
  '1.23E5',
  '5%',
  '5 Cr',
  '5,-',
  '5–10',
  '5-10',
  '(-5)',
  '-(5)',
  '5 000 00',
  '1,000,00,000',
  '#REF!',
  'nan',
  'x'.repeat(100_000),
  `${'1 '.repeat(50_000)}x`,
])('%.20s is refused in both conventions', (text) => {
  for (const decimalSign of ['.', ','] as const) {
    expect(codeOf(() => parseAmount(text, { currency: 'EUR', decimalSign }))).toBe(
      'money.malformed',
    )
  }
})

it.each([
  ['1.234', ','],
  ['1,234', '.'],
  ['-12,345 EUR', '.'],
] as const)('%s is refused in a file that mixes conventions', (text, decimalSign) => {
  const format = { currency: 'EUR', decimalSign }
  expect(codeOf(() => parseAmount(text, format))).toMatch(/^read/)
  expect(codeOf(() => parseAmount(text, { ...format, isMixed: true }))).toBe('money.malformed')
})

it.each([
  ['12,50', ','],
  ['1.234,50 €', ','],
  ['1,00,000', '.'],
  ['12.5', '.'],
  ['1,234', null],
  ['1.234', null],
  ['1 234', null],
  ['12', null],
  ['much', null],
])('%s shows the decimal sign %s', (text, sign) => {
  expect(findConvention(text, 'EUR')).toBe(sign)
})

type Style = {
  decimalSign: DecimalSign
  mark: string
  isIndian: boolean
  sign: 'after' | 'before' | 'brackets' | 'none'
  beside: 'after' | 'before' | 'none'
  hasCents: boolean
}
const styles: fc.Arbitrary<Style> = fc.record({
  decimalSign: fc.constantFrom<DecimalSign>('.', ','),
  mark: fc.constantFrom('', ' ', "'", 'other'),
  isIndian: fc.boolean(),
  sign: fc.constantFrom('after', 'before', 'brackets', 'none'),
  beside: fc.constantFrom('after', 'before', 'none'),
  hasCents: fc.boolean(),
})

const group = (digits: string, mark: string, isIndian: boolean): string =>
  digits.replace(
    isIndian ? /(\d)(?=(\d\d)*\d{3}$)/g : /\B(?=(\d{3})+$)/g,
    isIndian ? `$1${mark}` : mark,
  )

/** Writes an amount as people in that convention do. */
const write = (minor: number, { beside, decimalSign, hasCents, isIndian, mark, sign }: Style) => {
  const other = decimalSign === '.' ? ',' : '.'
  const whole = String(Math.floor(minor / 100))
  const cents = String(minor % 100).padStart(2, '0')
  const isIndianNow = isIndian && mark === 'other' && other === ','
  const grouped = group(whole, mark === 'other' ? other : mark, isIndianNow)
  const number = hasCents || minor % 100 ? `${grouped}${decimalSign}${cents}` : grouped
  const named = beside === 'before' ? `EUR ${number}` : beside === 'after' ? `${number} €` : number
  const written = { before: `-${named}`, after: `${named}-`, brackets: `(${named})`, none: named }
  return { text: written[sign], minor: sign === 'none' || minor === 0 ? minor : -minor }
}

it('an amount in any convention is read as what it is, or refused, never as another', () => {
  const tally = { read: 0, refused: 0 }
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 9_999_999_999 }),
      fc.integer({ min: 0, max: 9 }),
      styles,
      fc.constantFrom<DecimalSign>('.', ','),
      (large, cut, style, decimalSign) => {
        const written = write(Math.floor(large / 10 ** cut), style)
        const read = codeOf(() => parseAmount(written.text, { currency: 'EUR', decimalSign }))
        if (read === 'money.malformed') tally.refused += 1
        else {
          tally.read += 1
          expect([written.text, read]).toEqual([written.text, `read as ${written.minor}`])
        }
        // In its own convention it is always read.
        if (style.decimalSign === decimalSign) expect(read).toBe(`read as ${written.minor}`)
      },
    ),
    { numRuns: 20_000 },
  )
  expect(tally.read).toBeGreaterThan(10_000)
  expect(tally.refused).toBeGreaterThan(1_000)
})
