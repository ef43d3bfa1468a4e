import { createOrders } from './createOrders.ts'
import type { GeneratedSet, TransactionQuery, ScenarioOrder } from './types.ts'

const DAY = 86_400_000
const NOW = 100 * DAY
const merchant = { id: 1, name: 'Shop' }

const buildOrder = (order: string, eventMs: number, rest: Partial<ScenarioOrder> = {}) => ({
  order,
  network: 'admitad',
  clickId: null,
  merchant,
  reversalOf: null,
  eventMs,
  timeline: [
    { atMs: eventMs, status: 'pending', saleMinor: 100, commissionMinor: 5, currency: 'INR' },
  ],
  ...rest,
})

const generated = (rest: Partial<GeneratedSet> = {}): GeneratedSet => ({
  network: 'admitad',
  seed: 7,
  count: 1_000,
  clickIds: ['c1', 'c2', 'c3'],
  merchant,
  currency: 'INR',
  fromMs: 0,
  toMs: 50 * DAY,
  status: 'approved',
  changedAtMs: null,
  ...rest,
})

const whole: TransactionQuery = { offset: 0, limit: 10_000 }

describe('the orders of a network', () => {
  const namesOf = (
    orders: ReturnType<typeof createOrders>,
    query: Partial<TransactionQuery> = {},
    nowMs = NOW,
  ) => orders.page('admitad', { ...whole, ...query }, nowMs).transactions.map(({ order }) => order)

  it('are listed oldest first, within a window that excludes its end', () => {
    const orders = createOrders()
    for (const [name, ms] of Object.entries({ late: 30, early: 10, middle: 20 }))
      orders.put(buildOrder(name, ms))
    expect(namesOf(orders)).toEqual(['early', 'middle', 'late'])
    expect(namesOf(orders, { event: { fromMs: 10, toMs: 30 } })).toEqual(['early', 'middle'])
    expect(namesOf(orders, { isNewestFirst: true, limit: 2 })).toEqual(['late', 'middle'])
  })

  it('are not listed before they are reported, and follow the clock forward and back', () => {
    const orders = createOrders()
    const late = buildOrder('late', 10)
    orders.put({ ...late, timeline: late.timeline.map((entry) => ({ ...entry, atMs: 500 })) })
    expect(namesOf(orders, {}, 499)).toEqual([])
    expect(namesOf(orders, {}, 500)).toEqual(['late'])
    expect(namesOf(orders, {}, 499)).toEqual([])
  })

  it('are selected by the time of change, and by their status now', () => {
    const orders = createOrders()
    const entry = { saleMinor: 1, commissionMinor: 1, currency: 'INR' }
    orders.put(
      buildOrder('changed', 10, {
        timeline: [
          { ...entry, atMs: 10, status: 'pending' },
          { ...entry, atMs: 80, status: 'approved' },
        ],
      }),
    )
    orders.put(buildOrder('same', 20))
    const change = { fromMs: 80, toMs: 90 }
    expect(namesOf(orders, { change }, 79)).toEqual([])
    expect(namesOf(orders, { change }, 80)).toEqual(['changed'])
    expect(namesOf(orders, { orderBy: 'change' }, 80)).toEqual(['same', 'changed'])
    const where = { name: 'p', test: ({ status }: { status: string }) => status === 'pending' }
    expect(namesOf(orders, { where }, 80)).toEqual(['same'])
    expect(namesOf(orders, { change, event: { fromMs: 11, toMs: 99 } }, 80)).toEqual([])
  })

  it('are replaced by name within their network', () => {
    const orders = createOrders()
    orders.put(buildOrder('o1', 10))
    orders.put(buildOrder('o1', 20, { network: 'cuelinks' }))
    orders.put(buildOrder('o1', 30))
    expect(orders.page('admitad', whole, NOW).transactions).toMatchObject([{ eventMs: 30 }])
    expect(orders.page('cuelinks', whole, NOW).total).toBe(1)
  })

  it('that are generated are the same each time, in ascending order, with unique numbers', () => {
    const orders = createOrders()
    orders.generate(generated())
    const { transactions, total } = orders.page('admitad', whole, NOW)
    expect(total).toBe(1_000)
    expect(new Set(transactions.map(({ number }) => number)).size).toBe(1_000)
    const times = transactions.map(({ eventMs }) => eventMs)
    expect(times).toEqual(times.toSorted((one, other) => one - other))
    expect(transactions[4]).toMatchObject({ order: 'G7-4', clickId: 'c2', status: 'approved' })

    const again = createOrders()
    again.generate(generated())
    expect(again.page('admitad', whole, NOW)).toEqual({ transactions, total })
  })

  it('that are generated and those that are added form one list, without a gap or a duplicate', () => {
    const orders = createOrders()
    orders.generate(generated())
    orders.generate(generated({ seed: 8, count: 700 }))
    for (let index = 0; index < 30; index += 1) orders.put(buildOrder(`o${index}`, index * DAY))
    const all = orders.page('admitad', whole, NOW)
    expect(all.transactions).toHaveLength(1_730)
    const times = all.transactions.map(({ eventMs }) => eventMs)
    expect(times).toEqual(times.toSorted((one, other) => one - other))
    for (const isNewestFirst of [false, true]) {
      const paged = Array.from({ length: 18 }, (_each, page) =>
        orders.page('admitad', { offset: page * 100, limit: 100, isNewestFirst }, NOW),
      ).flatMap(({ transactions }) => transactions)
      expect(paged).toEqual(isNewestFirst ? all.transactions.toReversed() : all.transactions)
    }
  })

  it('that are generated change all at once, at the set instant', () => {
    const orders = createOrders()
    orders.generate(generated({ changedAtMs: 60 * DAY }))
    const change = { fromMs: 60 * DAY, toMs: 61 * DAY }
    const statusAt = (nowMs: number) => orders.page('admitad', whole, nowMs).transactions[0]?.status
    expect([statusAt(60 * DAY - 1), statusAt(60 * DAY)]).toEqual(['pending', 'approved'])
    expect(orders.page('admitad', { ...whole, change }, 60 * DAY - 1).total).toBe(0)
    expect(orders.page('admitad', { ...whole, change }, 60 * DAY).total).toBe(1_000)
  })

  it('that are generated are not listed before they are placed', () => {
    const orders = createOrders()
    orders.generate(generated())
    expect(orders.page('admitad', whole, 25 * DAY).total).toBeGreaterThan(490)
    expect(orders.page('admitad', whole, 25 * DAY).total).toBeLessThan(510)
  })

  it('are read page by page from ten million orders as fast as from ten', () => {
    const orders = createOrders()
    orders.generate(generated({ count: 10_000_000 }))
    let reads = 0
    const where = {
      name: 'counted',
      test: () => {
        reads += 1
        return true
      },
    }
    const page = orders.page('admitad', { offset: 9_999_990, limit: 500, where }, NOW)
    expect(page.transactions).toHaveLength(10)
    expect(reads).toBe(1)
  })

  it('are found by name, as they are now or in a later status, but not in a status that they never have', () => {
    const orders = createOrders()
    const entry = { saleMinor: 9, currency: 'INR' }
    orders.put(
      buildOrder('o1', 10, {
        timeline: [
          { ...entry, atMs: 10, status: 'pending', commissionMinor: 1 },
          { ...entry, atMs: 20, status: 'approved', commissionMinor: 2 },
        ],
      }),
    )
    orders.generate(generated())
    const find = (order: string, ms: number, status?: string) =>
      orders.find({ network: 'admitad', order, status, now: new Date(ms) })
    expect(find('o1', 15)).toMatchObject({ status: 'pending', commissionMinor: 1 })
    expect(find('o1', 15, 'approved')).toMatchObject({ status: 'approved', commissionMinor: 2 })
    expect(find('o1', 25, 'pending')).toMatchObject({ status: 'pending', commissionMinor: 1 })
    expect(find('o1', 25, 'odd')).toMatchObject({ status: 'odd', commissionMinor: 2 })
    expect(find('o1', 5)).toBeNull()
    expect(find('G7-999', NOW)).toMatchObject({ order: 'G7-999' })
    expect([find('G7-1000', NOW), find('G8-1', NOW), find('o2', NOW)]).toEqual([null, null, null])
  })
})
