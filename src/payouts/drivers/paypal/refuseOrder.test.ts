import fc from 'fast-check'

import { toMinor } from '../../../domain/money.ts'
import { formatPaypalAmount, refuseOrder } from './refuseOrder.ts'

describe('an order to PayPal', () => {
  it.each([
    ['paypal', 'USD', 1, null],
    ['paypal', 'USD', 2_000_000, null],
    ['paypal', 'USD', 2_000_001, 'amount-too-high'],
    // The equivalent of USD 20,000 depends on PayPal's rate.
    ['paypal', 'EUR', 2_000_001, null],
    ['paypal', 'INR', 50_000, 'currency-not-supported'],
    ['paypal', 'RUB', 50_000, 'currency-not-supported'],
    ['paypal', 'JPY', 501, null],
    ['paypal', 'HUF', 50_000, null],
    ['paypal', 'HUF', 50_050, 'amount-not-whole'],
    ['paypal', 'TWD', 50_001, 'amount-not-whole'],
    ['upi', 'USD', 100, 'method-not-supported'],
    ['gift-card', 'USD', 100, 'method-not-supported'],
  ] as const)('of the kind %s in %s of %i minor units has the refusal %s', (...row) => {
    const [kind, currency, amountMinor, code] = row
    expect(refuseOrder({ kind, currency, amountMinor })?.code ?? null).toBe(code)
  })
})

describe('an amount for PayPal', () => {
  it.each([
    [1, 'USD', '0.01'],
    [1_250, 'USD', '12.50'],
    [50_000, 'HUF', '500'],
    [501, 'JPY', '501'],
  ])('of %i minor units in %s is "%s"', (amountMinor, currency, text) => {
    expect(formatPaypalAmount(amountMinor, currency)).toBe(text)
  })

  it('reads back to the same minor units, in each currency that is not refused', () => {
    const currencies = fc.constantFrom('USD', 'EUR', 'JPY', 'HUF', 'TWD', 'GBP')
    fc.assert(
      fc.property(currencies, fc.integer({ min: 1, max: 2_000_000 }), (currency, amountMinor) => {
        fc.pre(refuseOrder({ kind: 'paypal', currency, amountMinor }) === null)
        expect(toMinor(formatPaypalAmount(amountMinor, currency), currency)).toBe(amountMinor)
      }),
      { numRuns: 2_000 },
    )
  })
})
