import { computeCashback } from './cashback.ts'

const rate = { basis: 'commission' as const, rateBps: 7_000 }

it.each([
  ['70 % of 124.95 is 87.465, half up', 12_495, 8_747],
  ['70 % of 74.95 is 52.465, half up', 7_495, 5_247],
  ['nothing of nothing', 0, 0],
  ['never less than nothing, where a reversal takes more than its order earned', -200, 0],
])('%s', (_title, commissionMinor, share) => {
  expect(computeCashback({ commissionMinor, reversedMinor: 0, saleMinor: 249_900, rate })).toBe(
    share,
  )
})

it('a share of the amount is computed from the amount, and is zero if the network reports none', () => {
  const ofSale = { basis: 'sale' as const, rateBps: 250 }
  const transaction = { commissionMinor: 12_495, reversedMinor: 0, rate: ofSale }
  expect(computeCashback({ ...transaction, saleMinor: 249_900 })).toBe(6_248)
  expect(computeCashback({ ...transaction, saleMinor: null })).toBe(0)
})

it.each([
  ['half of it', -5_000, 3_000],
  ['all of it', -10_000, 0],
  ['more than it', -12_000, 0],
])('a share of the amount is lowered by a reversal of %s', (_title, reversedMinor, share) => {
  const transaction = { commissionMinor: 10_000, saleMinor: 200_000 }
  const ofSale = { basis: 'sale' as const, rateBps: 300 }
  expect(computeCashback({ ...transaction, reversedMinor, rate: ofSale })).toBe(share)
  expect(
    computeCashback({ ...transaction, commissionMinor: -1, reversedMinor: 0, rate: ofSale }),
  ).toBe(0)
})
