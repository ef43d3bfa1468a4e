import type { Owed } from '../../../../src/cashback/reconciliation/owedByAge.ts'
import { describeOwed } from './describeOwed.ts'

const owed = (over: Partial<Owed>): Owed => ({
  network: 'n',
  name: 'Admitad',
  currency: 'INR',
  transactions: 1,
  upTo30Minor: 0,
  upTo60Minor: 0,
  upTo90Minor: 0,
  olderMinor: 0,
  owedMinor: 0,
  pendingMinor: 0,
  shortMinor: 0,
  ...over,
})

describe('describeOwed', () => {
  it.each([
    [[], 'No network owes us anything.'],
    [[owed({ pendingMinor: 5 })], 'No network owes us anything.'],
    [
      [owed({ owedMinor: 100 }), owed({ owedMinor: 50 })],
      'Networks owe us ₹1.50, none of it for more than 90 days.',
    ],
    [
      [owed({ owedMinor: 10_000_000, olderMinor: 100 }), owed({ currency: 'USD', owedMinor: 5 })],
      'Networks owe us ₹1,00,000.00 and $0.05, of which ₹1.00 for more than 90 days.',
    ],
  ])(
    'adds the amounts up by currency, and shows the amount older than 90 days (%#)',
    (rows, text) => {
      expect(describeOwed(rows)).toBe(text)
    },
  )
})
