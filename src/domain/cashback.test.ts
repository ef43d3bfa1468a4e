import { cashbackOf } from './cashback.ts'

const rate = { basis: 'commission' as const, rateBps: 7_000 }

it.each([
  ['70 % of 124.95 is 87.465, half up', 12_495, 8_747],
  ['70 % of 74.95 is 52.465, half up', 7_495, 5_247],
  ['nothing of nothing', 0, 0],
  ['never less than nothing, when a return is worth more than its order', -200, 0],
])('%s', (_title, commissionMinor, share) => {
  expect(cashbackOf({ commissionMinor, returnedMinor: 0, saleMinor: 249_900, rate })).toBe(share)
})

it('a part of the sale is counted from the sale, and is nothing where nobody told its sum', () => {
  const ofSale = { basis: 'sale' as const, rateBps: 250 }
  const sale = { commissionMinor: 12_495, returnedMinor: 0, rate: ofSale }
  expect(cashbackOf({ ...sale, saleMinor: 249_900 })).toBe(6_248)
  expect(cashbackOf({ ...sale, saleMinor: null })).toBe(0)
})

it.each([
  ['half of it', -5_000, 3_000],
  ['all of it', -10_000, 0],
  ['more than it', -12_000, 0],
])('a part of the sale is lowered by returns: %s', (_title, returnedMinor, share) => {
  const sale = { commissionMinor: 10_000, saleMinor: 200_000 }
  const ofSale = { basis: 'sale' as const, rateBps: 300 }
  expect(cashbackOf({ ...sale, returnedMinor, rate: ofSale })).toBe(share)
  expect(cashbackOf({ ...sale, commissionMinor: -1, returnedMinor: 0, rate: ofSale })).toBe(0)
})
