import { needsSecondPerson } from './needsSecondPerson.ts'

const limits = [{ currency: 'INR', aboveMinor: 500_000 }]

describe('an adjustment', () => {
  it.each([
    ['up to the limit', 'credit', 500_000, 'INR', false],
    ['above the limit', 'credit', 500_001, 'INR', true],
    ['above the limit, taking', 'debit', 500_001, 'INR', true],
    ['in a currency without a limit', 'credit', 1, 'USD', true],
    ['that rebuilds a balance', 'rebuild', 0, 'INR', true],
  ] as const)('%s: waits for a second person %#', (_name, effect, amountMinor, currency, waits) => {
    expect(needsSecondPerson({ effect, amountMinor, currency }, limits)).toBe(waits)
  })
})
