import { pickSome } from './pickSome.ts'

const ITEMS = Array.from({ length: 12 }, (_, index) => index)

describe('pickSome', () => {
  it('rounds the share up and keeps the order of the items', () => {
    const some = pickSome(ITEMS, 0.3, 1)
    expect(some).toHaveLength(4)
    expect(some).toEqual([...some].sort((one, other) => one - other))
    expect(new Set(some).size).toBe(4)
  })

  it('returns the same items for the same seed', () => {
    expect(pickSome(ITEMS, 0.3, 7)).toEqual(pickSome(ITEMS, 0.3, 7))
  })

  it('returns every item for at least one of 30 seeds', () => {
    const reached = Array.from({ length: 30 }, (_, seed) => pickSome(ITEMS, 0.3, seed)).flat()
    expect(new Set(reached).size).toBe(ITEMS.length)
  })

  it('returns all items for a share of 1', () => {
    expect(pickSome(ITEMS, 1, 3)).toEqual(ITEMS)
  })
})
