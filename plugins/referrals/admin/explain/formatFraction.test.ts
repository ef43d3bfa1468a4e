import { formatFraction } from './formatFraction.ts'

describe('formatFraction', () => {
  it.each([
    [{ amountMinor: 100_000, times: 249_900, by: 1_249_900, currency: 'INR' }, '199.9359…'],
    [{ amountMinor: 124_990, times: 249_900, by: 1_249_900, currency: 'INR' }, '249.90'],
    [{ amountMinor: 1, times: 1, by: 2, currency: 'INR' }, '0.0050'],
    [{ amountMinor: 10, times: 1, by: 3, currency: 'JPY' }, '3.33…'],
    [
      { amountMinor: 9_007_199_254_740_991, times: 2, by: 3, currency: 'INR' },
      '60047995031606.6066…',
    ],
  ])('writes %j as %s', (given, text) => {
    expect(formatFraction(given)).toBe(text)
  })
})
