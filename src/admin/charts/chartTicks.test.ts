import { chartTicks } from './chartTicks.ts'

describe('chartTicks', () => {
  it.each([
    [0, [0]],
    [1, [0, 1]],
    [100, [0, 50, 100]],
    [101, [0, 50, 100, 150]],
    [1_234_568, [0, 500_000, 1_000_000, 1_500_000]],
    [7, [0, 2, 4, 6, 8]],
  ])('draws round lines up to %s', (largest, ticks) => {
    expect(chartTicks(largest)).toEqual(ticks)
  })

  it('covers any amount with at most five lines', () => {
    for (let largest = 1; largest < 9e15; largest = Math.ceil(largest * 1.37)) {
      const ticks = chartTicks(largest)
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(largest)
      expect(ticks.length).toBeLessThanOrEqual(5)
      expect(ticks.every(Number.isSafeInteger)).toBe(true)
    }
  })
})
