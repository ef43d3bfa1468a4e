import fc from 'fast-check'

import { bpsToDecimal, formatBps, toBps } from './percent.ts'

const bps = fc.integer({ min: 0, max: 10_000 })

describe('toBps', () => {
  it.each([
    ['0', 0],
    ['10', 1_000],
    ['9.5', 950],
    ['9.05', 905],
    ['0.01', 1],
    ['100', 10_000],
    ['100.00', 10_000],
    ['10 %', 1_000],
    [' 10% ', 1_000],
  ])('reads "%s" as %i', (percent, rateBps) => {
    expect(toBps(percent)).toBe(rateBps)
  })

  it.each(['', '%', 'ten', '-1', '100.01', '101', '9.555', '.5', '9.', '9,5', '1e1', '1000'])(
    'refuses "%s"',
    (percent) => {
      expect(toBps(percent)).toBeNull()
    },
  )

  it('reads every text that bpsToDecimal and formatBps write', () => {
    fc.assert(
      fc.property(bps, (rateBps) => {
        expect(toBps(bpsToDecimal(rateBps))).toBe(rateBps)
        expect(toBps(formatBps(rateBps))).toBe(rateBps)
      }),
    )
  })

  it('returns a whole number from 0 to 10 000, or null, for any text', () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const rateBps = toBps(typed)
        if (rateBps === null) return
        expect(Number.isInteger(rateBps) && rateBps >= 0 && rateBps <= 10_000).toBe(true)
      }),
    )
  })
})

describe('bpsToDecimal', () => {
  it.each([
    [0, '0.00'],
    [1, '0.01'],
    [50, '0.50'],
    [950, '9.50'],
    [10_000, '100.00'],
  ])('writes %i as %s, with two decimals', (rateBps, decimal) => {
    expect(bpsToDecimal(rateBps)).toBe(decimal)
    expect(formatBps(rateBps)).toBe(`${decimal} %`)
  })
})
