import { seededRandom } from './seededRandom.ts'

/**
 * Picks a share of the items, rounded up, and keeps their order. The seed decides which: the same
 * seed picks the same items.
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
