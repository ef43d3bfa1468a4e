import { seededRandom } from './seededRandom.ts'

/**
 * A share of the items, rounded up, in their own order: another share for another seed, the same
 * one for the same.
 */
export const pickSome = <Item>(items: Item[], share: number, seed: number): Item[] => {
  const random = seededRandom(seed)
  const lots = items.map((_, index) => ({ index, lot: random() }))
  const chosen = lots
    .sort((one, other) => one.lot - other.lot)
    .slice(0, Math.ceil(items.length * share))
  return chosen
    .map(({ index }) => index)
    .sort((one, other) => one - other)
    .map((index) => items[index] as Item)
}
