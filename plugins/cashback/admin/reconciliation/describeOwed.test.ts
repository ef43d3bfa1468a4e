import type { Owed } from '../../../../src/cashback/reconciliation/owedByAge.ts'
import { parseDaysQuery } from './parseDaysQuery.ts'
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
  ])('adds up by currency: %#', (rows, text) => {
    expect(describeOwed(rows)).toBe(text)
  })
})

describe('the period of the reconciliation view', () => {
  const now = new Date('2026-03-31T20:00:00Z')
  const id = '0192f0c1-0000-7000-8000-000000000001'

  it('is the last 30 days including today when the URL names none', () => {
    expect(parseDaysQuery({}, now)).toMatchObject({
      from: new Date('2026-03-02'),
      to: new Date('2026-04-01'),
      network: undefined,
      typed: { from: '2026-03-02', to: '2026-03-31', network: '' },
      problem: null,
    })
  })

  it('is that of the URL, with both days inclusive', () => {
    expect(
      parseDaysQuery({ from: '2026-01-01', to: '2026-01-31', network: id }, now),
    ).toMatchObject({
      from: new Date('2026-01-01'),
      to: new Date('2026-02-01'),
      network: id,
    })
  })

  it.each([{ from: 'soon' }, { from: '2026-02-02', to: '2026-02-01' }, { from: '2020-01-01' }])(
    'is the last 30 days with a problem text when %j is invalid',
    (query) => {
      const parsed = parseDaysQuery({ ...query, network: ["'"] }, now)
      expect(parsed).toMatchObject({ from: new Date('2026-03-02'), network: undefined })
      expect(parsed.problem).toEqual(expect.any(String))
      expect(parsed.typed.from).toBe(query.from)
    },
  )
})
