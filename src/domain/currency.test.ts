import { minorDigits, isCurrency } from './currency.ts'
import { formatMoney } from './money.ts'

describe('isCurrency', () => {
  it.each(['INR', 'USD', 'EUR', 'JPY', 'KWD'])('accepts %s', (code) => {
    expect(isCurrency(code)).toBe(true)
  })

  it.each([['inr'], ['Inr'], [' INR'], ['IN'], ['INRR'], ['ABC'], [''], ['₹'], [null], [356]])(
    'refuses %s',
    (value) => {
      expect(isCurrency(value)).toBe(false)
    },
  )

  it.each(['constructor', 'toString', '__proto__'])('refuses the property name "%s"', (name) => {
    expect(isCurrency(name)).toBe(false)
  })
})

describe('minorDigits', () => {
  it.each([
    ['INR', 2],
    ['USD', 2],
    ['JPY', 0],
    ['KRW', 0],
    ['ISK', 0],
    ['KWD', 3],
    ['TND', 3],
    ['CLF', 4],
    // ICU's own digits of these follow cash use: 0.
    ['PKR', 2],
    ['LBP', 2],
    ['IQD', 3],
  ])('returns for %s the %i digits of ISO 4217', (code, digits) => {
    expect(minorDigits(code)).toBe(digits)
  })
})

describe('every currency that is accepted', () => {
  it.each(Intl.supportedValuesOf('currency').filter(isCurrency))('can be formatted: %s', (code) => {
    const zeros = '0'.repeat(minorDigits(code))
    expect(formatMoney(0, code)).toMatch(zeros ? new RegExp(`0\\.${zeros}$`) : /0$/)
  })
})
