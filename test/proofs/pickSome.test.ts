import { pickSome } from './pickSome.ts'

const ITEMS = Array.from({ length: 12 }, (_, index) => index)

describe('a share of the items', () => {
  it('is rounded up and keeps their order', () => {
    const some = pickSome(ITEMS, 0.3, 1)
    expect(some).toHaveLength(4)
    expect(some).toEqual([...some].sort((one, other) => one - other))
    expect(new Set(some).size).toBe(4)
  })

  it('is the same for the same seed', () => {
    expect(pickSome(ITEMS, 0.3, 7)).toEqual(pickSome(ITEMS, 0.3, 7))
  })

  it('reaches every item within a few seeds', () => {
    const reached = Array.from({ length: 30 }, (_, seed) => pickSome(ITEMS, 0.3, seed)).flat()
    expect(new Set(reached).size).toBe(ITEMS.length)
  })

  it('is all of them for the whole', () => {
    expect(pickSome(ITEMS, 1, 3)).toEqual(ITEMS)
  })
})
