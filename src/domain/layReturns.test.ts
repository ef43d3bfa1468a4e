import fc from 'fast-check'

import { layReturns, type LoneReturn, type OrderLeft } from './layReturns.ts'

const onDay = (day: number) => new Date(Date.parse('2026-11-01') + day * 86_400_000).toISOString()
const order = (orderId: string, leftMinor: number, day = 0): OrderLeft => ({
  orderId,
  leftMinor,
  eventAt: onDay(day),
})
const back = (externalId: string, takesMinor: number, day = 10): LoneReturn => ({
  externalId,
  takesMinor,
  eventAt: onDay(day),
})

describe('layReturns', () => {
  it.each([
    [
      'each equal order once',
      [order('a', 100), order('b', 100)],
      [back('1', 100), back('2', 100)],
      { 1: 'a', 2: 'b' },
    ],
    [
      'the latest of equal orders first',
      [order('a', 100), order('b', 100, 1)],
      [back('1', 100)],
      { 1: 'b' },
    ],
    [
      'a part on what has least left',
      [order('a', 500, 1), order('b', 90)],
      [back('1', 60)],
      { 1: 'b' },
    ],
    [
      'parts of one order together',
      [order('a', 100)],
      [back('1', 60), back('2', 40)],
      { 1: 'a', 2: 'a' },
    ],
    [
      'none on more than is left',
      [order('a', 100)],
      [back('1', 60, 5), back('2', 60, 4)],
      { 2: 'a' },
    ],
    ['none on an order that is all taken', [order('a', 0), order('b', -5)], [back('1', 1)], {}],
    ['none on an order that was made after it', [order('a', 100, 11)], [back('1', 100)], {}],
    [
      'an old return on an old order',
      [order('a', 100), order('b', 60, 7)],
      [back('1', 50, 3), back('2', 55)],
      { 1: 'a', 2: 'b' },
    ],
    [
      'halves of one where a whole one has room too',
      [order('a', 100), order('b', 60)],
      [back('1', 50, 1), back('2', 50, 2), back('3', 60, 3)],
      { 1: 'a', 2: 'a', 3: 'b' },
    ],
  ] as const)('lays %s', (_what, orders, returns, expected) => {
    const laid = layReturns({ orders: [...orders], returns: [...returns] })
    expect(Object.fromEntries(laid)).toEqual(expected)
  })

  const orders = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 30 }), fc.nat(5)), { maxLength: 6 })
    .map((all) => all.map(([left, day], at) => order(`o${String(at)}`, left, day)))
  const returns = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 30 }), fc.nat(8)), { maxLength: 6 })
    .map((all) => all.map(([takes, day], at) => back(`r${String(at)}`, takes, day)))
  const shuffled = <T>(all: T[]) => fc.shuffledSubarray(all, { minLength: all.length })

  it('takes no more of an order than it has left, and answers the same in any order', () => {
    const given = fc
      .tuple(orders, returns)
      .chain(([o, r]) => fc.tuple(fc.constant(o), fc.constant(r), shuffled(o), shuffled(r)))
    fc.assert(
      fc.property(given, ([all, lone, mixedOrders, mixedReturns]) => {
        const laid = layReturns({ orders: all, returns: lone })
        for (const { leftMinor, orderId } of all) {
          const on = lone.filter(({ externalId }) => laid.get(externalId) === orderId)
          const taken = on.reduce((sum, { takesMinor }) => sum + takesMinor, 0)
          expect(taken).toBeLessThanOrEqual(leftMinor)
        }
        const again = layReturns({ orders: mixedOrders, returns: mixedReturns })
        expect([...again].sort()).toEqual([...laid].sort())
      }),
    )
  })

  it('finds room for all where each order is returned once, whole or in part', () => {
    const sales = fc.array(
      fc.record({
        leftMinor: fc.integer({ min: 1, max: 30 }),
        bps: fc.integer({ min: 1, max: 10_000 }),
        day: fc.nat(5),
        later: fc.nat(5),
      }),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(sales, (all) => {
        const lone = all.map(({ bps, day, later, leftMinor }, at) =>
          back(`r${String(at)}`, Math.ceil((leftMinor * bps) / 10_000), day + later),
        )
        const orders = all.map(({ day, leftMinor }, at) => order(`o${String(at)}`, leftMinor, day))
        expect(layReturns({ orders, returns: lone }).size).toBe(all.length)
      }),
    )
  })
})
