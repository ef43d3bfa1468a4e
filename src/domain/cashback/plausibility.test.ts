import fc from 'fast-check'

import { findImplausible, LARGEST_MINOR } from './plausibility.ts'

const NOW = new Date('2026-03-01T12:00:00Z')
const row = {
  externalId: '1',
  orderId: '1',
  reversalOf: null,
  subId: 'c',
  programId: null,
  saleMinor: 10_000,
  commissionMinor: 1_000,
  currency: 'INR',
  eventAt: '2026-02-01T12:00:00Z',
  clickedAt: null,
  changedAt: null,
}
const context = { now: NOW, clickAt: null, largest: [], paysAboveSale: false }
const codeOf = (over: Partial<typeof row | { [field: string]: unknown }>, facts: object = {}) =>
  findImplausible({ ...row, ...over }, { ...context, ...facts })?.code ?? null

describe('a reported transaction', () => {
  it.each([
    ['an ordinary one', {}, null],
    ['a commission of the whole order value', { commissionMinor: 10_000 }, null],
    [
      'a commission above the order value',
      { commissionMinor: 10_001 },
      'row.commission-above-sale',
    ],
    ['a lead without an order value', { saleMinor: null, commissionMinor: 10_001 }, null],
    ['a lead with an order value of zero', { saleMinor: 0, commissionMinor: 10_001 }, null],
    ['a reversal', { saleMinor: -10_000, commissionMinor: -1_000 }, null],
    ['a day ahead', { eventAt: '2026-03-02T12:00:00Z' }, 'row.date-in-future'],
    ['an hour ahead', { eventAt: '2026-03-01T13:00:00Z' }, null],
    ['a change in the future', { changedAt: '2027-03-01T12:00:00Z' }, 'row.date-in-future'],
    ['a click time in the future', { clickedAt: '2027-03-01T12:00:00Z' }, 'row.date-in-future'],
    ['a date of the last century', { eventAt: '1999-12-31T23:59:59Z' }, 'row.date-out-of-range'],
    ['no date', { eventAt: 'soon' }, 'row.date-out-of-range'],
    [
      'a year that the database cannot hold',
      { eventAt: '+275760-09-13T00:00:00Z' },
      'row.date-in-future',
    ],
    ['an id that no index holds', { externalId: 'x'.repeat(3_000) }, 'row.text-too-long'],
    ['an amount above the safe integers', { saleMinor: 2 ** 60 }, 'row.amount-out-of-range'],
    ['no number', { commissionMinor: Number.NaN }, 'row.amount-out-of-range'],
  ] as const)('%s: %s → %s', (_name, over, code) => {
    expect(codeOf(over)).toBe(code)
  })

  it('may have a commission above the order value at a network that pays so', () => {
    expect(codeOf({ commissionMinor: 10_001 }, { paysAboveSale: true })).toBeNull()
  })

  it.each([
    [1_000, null],
    [999, 'row.amount-out-of-range'],
  ])('has at most the largest amount of its currency: %d → %s', (largestMinor, code) => {
    const largest = [{ currency: 'INR', largestMinor }]
    expect(codeOf({ saleMinor: null }, { largest })).toBe(code)
  })

  it('in a currency without a largest amount has at most the general one', () => {
    const over = { currency: 'USD', saleMinor: null }
    expect(codeOf({ ...over, commissionMinor: LARGEST_MINOR })).toBeNull()
    expect(codeOf({ ...over, commissionMinor: LARGEST_MINOR + 1 })).toBe('row.amount-out-of-range')
    expect(codeOf({ ...over, commissionMinor: -LARGEST_MINOR - 1 })).toBe('row.amount-out-of-range')
  })

  it.each([
    ['2026-02-02T12:00:00Z', null],
    ['2026-02-02T12:00:01Z', 'row.before-click'],
    ['2026-01-01T00:00:00Z', null],
  ])('is at most a day before its click: %s → %s', (clickAt, code) => {
    expect(codeOf({}, { clickAt })).toBe(code)
  })

  it('is never accepted with a number that the database cannot hold', () => {
    fc.assert(
      fc.property(fc.double(), fc.option(fc.double()), (commissionMinor, saleMinor) => {
        const code = codeOf({ commissionMinor, saleMinor })
        const isCountable = [commissionMinor, saleMinor ?? 0].every(
          (minor) => Number.isSafeInteger(minor) && Math.abs(minor) <= LARGEST_MINOR,
        )
        expect(code === 'row.amount-out-of-range').toBe(!isCountable)
      }),
      { numRuns: 5_000 },
    )
  })
})
