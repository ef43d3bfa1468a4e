import { randomUUID } from 'node:crypto'

import fc from 'fast-check'

import { verifyWallets } from '../ledger/verifyWallets.ts'
import type { SaleRow } from '../networks/types.ts'
import { aClick, aSeller, type Shop } from '../testing/anOrphan.ts'
import { aUser, balanceOf } from '../testing/factories.ts'
import { type Product, startProduct } from '../testing/startProduct.ts'
import { aRow, tellRows } from '../testing/tellRows.ts'
import { instantOf } from '../testing/tellStory.ts'

const RUNS = 12
let product: Product
let shop: Shop
let member: string
beforeAll(async () => {
  product = await startProduct()
  shop = await aSeller(product)
  member = (await aUser(product.payload)).id
})
afterAll(() => product.close())

/** Amounts in tens, of which 70 % are whole. */
type Item = { tens: number[]; day: number; isDeclined: boolean; returned: number; later: number }
type Page = { day: number; rows: SaleRow[] }

/** First without a name of their own and undecided, then as they end; a few rows a page. */
const pagesOf = (items: Item[], lone: { tens: number; day: number }[], clickId: string): Page[] => {
  const run = randomUUID()
  const orders = items.flatMap(({ day, isDeclined, tens }, at) =>
    tens.map((amount, row): [SaleRow, SaleRow] => {
      const externalId = `${run}-${String(at)}-${String(row)}`
      const told = aRow(clickId, {
        externalId,
        commissionMinor: amount * 10,
        eventAt: instantOf(day).toISOString(),
      })
      const status = isDeclined ? 'declined' : 'approved'
      return [
        { ...told, orderId: externalId, status: 'pending', rawStatus: 'pending' },
        { ...told, orderId: `${run}-${String(at)}`, status, rawStatus: status },
      ]
    }),
  )
  const returns = lone.map(({ day, tens }, at) =>
    aRow(clickId, {
      externalId: `${run}-r${String(at)}`,
      orderId: null,
      commissionMinor: -tens * 10,
      eventAt: instantOf(day).toISOString(),
    }),
  )
  const inTwos = (day: number, rows: SaleRow[]): Page[] =>
    rows.flatMap((_, at) => (at % 2 === 0 ? [{ day, rows: rows.slice(at, at + 2) }] : []))
  return [
    ...inTwos(20, [...orders.map(([first]) => first), ...returns]),
    ...inTwos(21, [...orders.map(([, last]) => last), ...returns]),
  ]
}

/** All pages, some of them again, by numbers from 0 to 1 that say where each comes. */
const tellInOrder = async (pages: Page[], places: number[]): Promise<void> => {
  const again = pages.filter((_, at) => (places[at] ?? 0) > 0.7)
  const all = [...pages, ...again].map((page, at) => ({ page, place: places[at] ?? 0 }))
  const mixed = all.sort((one, other) => one.place - other.place)
  for (const { page } of mixed) await tellRows(product, { network: shop.network, ...page })
}

/** What the wallet gains by all that is told of one click. */
const gainOf = async (
  items: Item[],
  lone: { tens: number; day: number }[],
  places: number[],
): Promise<number> => {
  const before = await balanceOf(product.payload, member)
  const at = instantOf(0).toISOString()
  const { clickId } = await aClick(product, { ...shop, member, at })
  await tellInOrder(pagesOf(items, lone, clickId), places)
  return (await balanceOf(product.payload, member)) - before
}

const sum = (all: number[]) => all.reduce((total, one) => total + one, 0)
const items = fc.array(
  fc.record({
    tens: fc.array(fc.constantFrom(30, 40, 60, 100), { minLength: 1, maxLength: 2 }),
    day: fc.nat(4),
    isDeclined: fc.boolean(),
    returned: fc.constantFrom(0, 0.3, 0.5, 1),
    later: fc.nat(4),
  }),
  { minLength: 1, maxLength: 4 },
)
const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
  minLength: 60,
  maxLength: 60,
})

it('leaves the share of what was not returned, in whatever order and however often it is told', async () => {
  await fc.assert(
    fc.asyncProperty(items, places, async (all, order) => {
      const standing = all.filter(({ isDeclined }) => !isDeclined)
      const lone = standing.flatMap(({ day, later, returned, tens }) =>
        returned > 0 ? [{ tens: sum(tens) * returned, day: day + later }] : [],
      )
      const left = sum(standing.flatMap(({ tens }) => tens)) - sum(lone.map(({ tens }) => tens))
      expect(await gainOf(all, lone, order)).toBe(left * 7)
    }),
    { numRuns: RUNS, endOnFailure: true },
  )
})

it('ends the same in any two orders, whether or not all returns find room', async () => {
  const lone = fc.array(fc.record({ tens: fc.constantFrom(15, 30, 50, 60, 100), day: fc.nat(8) }), {
    minLength: 1,
    maxLength: 4,
  })
  await fc.assert(
    fc.asyncProperty(items, lone, places, places, async (all, returns, one, other) => {
      expect(await gainOf(all, returns, one)).toBe(await gainOf(all, returns, other))
    }),
    { numRuns: RUNS, endOnFailure: true },
  )
})

it('stays as it is while the network says words that nobody knows', async () => {
  const words = fc.array(fc.boolean(), { minLength: 20, maxLength: 20 })
  const lone = fc.array(fc.record({ tens: fc.constantFrom(15, 30, 60), day: fc.nat(8) }), {
    maxLength: 3,
  })
  await fc.assert(
    fc.asyncProperty(items, lone, words, async (all, returns, said) => {
      const at = instantOf(0).toISOString()
      const { clickId } = await aClick(product, { ...shop, member, at })
      const pages = pagesOf(all, returns, clickId)
      await tellInOrder(pages, [])
      const before = await balanceOf(product.payload, member)
      const last = pages.filter(({ day }) => day === 21).flatMap(({ rows }) => rows)
      const strange = last.filter((_, index) => said[index])
      for (const row of strange) {
        const word = { status: 'unknown' as const, rawStatus: 'parked', commissionMinor: 1 }
        await tellRows(product, { network: shop.network, day: 22, rows: [{ ...row, ...word }] })
        expect(await balanceOf(product.payload, member)).toBe(before)
      }
      await tellRows(product, { network: shop.network, day: 23, rows: last })
      expect(await balanceOf(product.payload, member)).toBe(before)
    }),
    { numRuns: RUNS, endOnFailure: true },
  )
})

it('the books add up after all that', async () => {
  expect((await verifyWallets(product.payload)).problems).toEqual([])
})
