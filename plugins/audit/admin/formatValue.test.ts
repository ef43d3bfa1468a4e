import { formatValue } from './formatValue.ts'

const reader = {
  currency: 'INR',
  names: new Map([['u-1', 'Asha']]),
  time: (at: string) => `at ${at.slice(0, 4)}`,
}

describe('formatValue', () => {
  it.each([
    ['amountMinor', 12_345_678, '₹1,23,456.78'],
    ['rateBps', 1_250, '12.50 %'],
    ['holdDays', 14, '14'],
    ['enabled', true, 'on'],
    ['referredBy', 'u-1', 'Asha'],
    ['lockUntil', '2026-11-20T10:00:00.000Z', 'at 2026'],
    ['reason', 'on 2026-11-20', 'on 2026-11-20'],
    ['phone', null, '—'],
    ['phone', '', '—'],
    ['scopes', [], '—'],
    ['scopes', ['a', 'b'], 'a; b'],
  ])('formats %s %s as %s', (name, value, text) => {
    expect(formatValue({ name, reader, value })).toBe(text)
  })

  it('formats rows of a list, each in its own currency', () => {
    const value = [
      { id: 'x', currency: 'INR', aboveMinor: 500_000 },
      { id: 'y', currency: 'USD', aboveMinor: 5_000, maxMinor: null },
    ]
    expect(formatValue({ name: 'secondPerson', reader, value })).toBe(
      'currency: INR, aboveMinor: ₹5,000.00; currency: USD, aboveMinor: $50.00',
    )
  })

  it('writes no currency sign where the currency is unknown', () => {
    const unknown = { ...reader, currency: undefined }
    expect(formatValue({ name: 'amountMinor', reader: unknown, value: 5 })).toBe('5')
  })
})
