import fc from 'fast-check'

import { allocateReversals, type UnmatchedReversal, type OpenOrder } from './allocateReversals.ts'

const onDay = (day: number) => new Date(Date.parse('2026-11-01') + day * 86_400_000).toISOString()
const order = (orderId: string, leftMinor: number, day = 0): OpenOrder => ({
  orderId,
  leftMinor,
  eventAt: onDay(day),
})
const back = (externalId: string, takesMinor: number, day = 10): UnmatchedReversal => ({
  externalId,
  takesMinor,
  eventAt: onDay(day),
})

describe('allocateReversals', () => {
  it.each([
    [
      'one of two equal reversals to each of two equal orders',
      [order('a', 100), order('b', 100)],
      [back('1', 100), back('2', 100)],
      { 1: 'a', 2: 'b' },
    ],
    [
      'a reversal to the latest of equal orders',
      [order('a', 100), order('b', 100, 1)],
      [back('1', 100)],
      { 1: 'b' },
    ],
    [
      'a partial reversal to the order with the least left that is enough',
      [order('a', 500, 1), order('b', 90)],
      [back('1', 60)],
      { 1: 'b' },
    ],
    [
      'two partial reversals to one order',
      [order('a', 100)],
      [back('1', 60), back('2', 40)],
      { 1: 'a', 2: 'a' },
    ],
    [
      'only the older of two reversals if too little is left for both',
      [order('a', 100)],
      [back('1', 60, 5), back('2', 60, 4)],
      { 2: 'a' },
    ],
    ['nothing to an order with nothing left', [order('a', 0), order('b', -5)], [back('1', 1)], {}],
    ['nothing to an order that is later', [order('a', 100, 11)], [back('1', 100)], {}],
    [
      'an old reversal to an old order',
      [order('a', 100), order('b', 60, 7)],
      [back('1', 50, 3), back('2', 55)],
      { 1: 'a', 2: 'b' },
    ],
    [
      'two halves to one order, so that a whole reversal also finds one',
      [order('a', 100), order('b', 60)],
      [back('1', 50, 1), back('2', 50, 2), back('3', 60, 3)],
      { 1: 'a', 2: 'a', 3: 'b' },
    ],
  ] as const)('allocates %s', (_what, orders, reversals, expected) => {
    const allocated = allocateReversals({ orders: [...orders], reversals: [...reversals] })
    expect(Object.fromEntries(allocated)).toEqual(expected)
  })

  const orders = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 30 }), fc.nat(5)), { maxLength: 6 })
    .map((all) => all.map(([left, day], at) => order(`o${String(at)}`, left, day)))
  const reversals = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 30 }), fc.nat(8)), { maxLength: 6 })
    .map((all) => all.map(([takes, day], at) => back(`r${String(at)}`, takes, day)))
  const shuffled = <T>(all: T[]) => fc.shuffledSubarray(all, { minLength: all.length })

  it('takes no more of an order than is left, and returns the same for any order of the input', () => {
    const given = fc
      .tuple(orders, reversals)
      .chain(([o, r]) => fc.tuple(fc.constant(o), fc.constant(r), shuffled(o), shuffled(r)))
    fc.assert(
      fc.property(given, ([all, unmatched, mixedOrders, mixedReversals]) => {
        const allocated = allocateReversals({ orders: all, reversals: unmatched })
        for (const { leftMinor, orderId } of all) {
          const own = unmatched.filter(({ externalId }) => allocated.get(externalId) === orderId)
          const taken = own.reduce((sum, { takesMinor }) => sum + takesMinor, 0)
          expect(taken).toBeLessThanOrEqual(leftMinor)
        }
        const again = allocateReversals({ orders: mixedOrders, reversals: mixedReversals })
        expect([...again].sort()).toEqual([...allocated].sort())
      }),
    )
  })

  it('allocates every reversal if each order is reversed once, in whole or in part', () => {
    const transactions = fc.array(
      fc.record({
        leftMinor: fc.integer({ min: 1, max: 30 }),
        bps: fc.integer({ min: 1, max: 10_000 }),
        day: fc.nat(5),
        later: fc.nat(5),
      }),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(transactions, (all) => {
        const unmatched = all.map(({ bps, day, later, leftMinor }, at) =>
          back(`r${String(at)}`, Math.ceil((leftMinor * bps) / 10_000), day + later),
        )
        const orders = all.map(({ day, leftMinor }, at) => order(`o${String(at)}`, leftMinor, day))
        expect(allocateReversals({ orders, reversals: unmatched }).size).toBe(all.length)
      }),
    )
  })
})
