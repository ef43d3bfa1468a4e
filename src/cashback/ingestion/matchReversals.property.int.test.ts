import { randomUUID } from 'node:crypto'

import fc from 'fast-check'

import { verifyWallets } from '../../ledger/verification/verifyWallets.ts'
import type { TransactionRow } from '../networks/types.ts'
import { insertClick } from '../../../test/support/insertRows.ts'
import {
  buildTransactionRow,
  createMerchantAtNetwork,
  ingestRowsAt,
  type MerchantIds,
} from '../../../test/support/cashbackFactories.ts'
import { instantOf } from '../../../test/support/instants.ts'
import { createUser, readBalance } from '../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'

const RUNS = 12
let product: Product
let merchantIds: MerchantIds
let member: string
beforeAll(async () => {
  product = await startProduct()
  merchantIds = (await createMerchantAtNetwork(product.payload)).ids
  member = (await createUser(product.payload)).id
})
afterAll(() => product.close())

/** Amounts in tens: 70 % of them are whole. */
type Item = { tens: number[]; day: number; isDeclined: boolean; returned: number; later: number }
type Page = { day: number; rows: TransactionRow[] }

/**
 * First each row pending and with an order of its own, then with its final order and status; two
 * rows a page.
 */
const pagesOf = (
  items: Item[],
  unmatched: { tens: number; day: number }[],
  clickId: string,
): Page[] => {
  const run = randomUUID()
  const orders = items.flatMap(({ day, isDeclined, tens }, at) =>
    tens.map((amount, row): [TransactionRow, TransactionRow] => {
      const externalId = `${run}-${String(at)}-${String(row)}`
      const reported = buildTransactionRow({
        subId: clickId,
        externalId,
        commissionMinor: amount * 10,
        eventAt: instantOf(day).toISOString(),
      })
      const status = isDeclined ? 'declined' : 'approved'
      return [
        { ...reported, orderId: externalId, status: 'pending', rawStatus: 'pending' },
        { ...reported, orderId: `${run}-${String(at)}`, status, rawStatus: status },
      ]
    }),
  )
  const reversals = unmatched.map(({ day, tens }, at) =>
    buildTransactionRow({
      subId: clickId,
      externalId: `${run}-r${String(at)}`,
      orderId: null,
      commissionMinor: -tens * 10,
      eventAt: instantOf(day).toISOString(),
    }),
  )
  const inTwos = (day: number, rows: TransactionRow[]): Page[] =>
    rows.flatMap((_, at) => (at % 2 === 0 ? [{ day, rows: rows.slice(at, at + 2) }] : []))
  return [
    ...inTwos(20, [...orders.map(([first]) => first), ...reversals]),
    ...inTwos(21, [...orders.map(([, last]) => last), ...reversals]),
  ]
}

const ingestPageOf = ({ day, rows }: Page) =>
  ingestRowsAt(product, { network: merchantIds.network, at: instantOf(day), rows })

/** Reports all pages, some of them twice, in the order of `places`, numbers from 0 to 1. */
const reportInOrder = async (pages: Page[], places: number[]): Promise<void> => {
  const again = pages.filter((_, at) => (places[at] ?? 0) > 0.7)
  const all = [...pages, ...again].map((page, at) => ({ page, place: places[at] ?? 0 }))
  const mixed = all.sort((one, other) => one.place - other.place)
  for (const { page } of mixed) await ingestPageOf(page)
}

/** Returns the change of the wallet after all reports of one click. */
const gainOf = async (
  items: Item[],
  unmatched: { tens: number; day: number }[],
  places: number[],
): Promise<number> => {
  const before = await readBalance(product.payload, member)
  const at = instantOf(0).toISOString()
  const { clickId } = await insertClick(product, { ...merchantIds, member, at })
  await reportInOrder(pagesOf(items, unmatched, clickId), places)
  return (await readBalance(product.payload, member)) - before
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

it('unmatched reversals leave the share of the amounts that are not reversed, for any order and number of reports', async () => {
  await fc.assert(
    fc.asyncProperty(items, places, async (all, order) => {
      const counted = all.filter(({ isDeclined }) => !isDeclined)
      const unmatched = counted.flatMap(({ day, later, returned, tens }) =>
        returned > 0 ? [{ tens: sum(tens) * returned, day: day + later }] : [],
      )
      const left = sum(counted.flatMap(({ tens }) => tens)) - sum(unmatched.map(({ tens }) => tens))
      expect(await gainOf(all, unmatched, order)).toBe(left * 7)
    }),
    { numRuns: RUNS, endOnFailure: true },
  )
})

it('any two orders of arrival end with the same balance, also if some reversals match no order', async () => {
  const unmatched = fc.array(
    fc.record({ tens: fc.constantFrom(15, 30, 50, 60, 100), day: fc.nat(8) }),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  await fc.assert(
    fc.asyncProperty(items, unmatched, places, places, async (all, reversals, one, other) => {
      expect(await gainOf(all, reversals, one)).toBe(await gainOf(all, reversals, other))
    }),
    { numRuns: RUNS, endOnFailure: true },
  )
})

it('unmapped statuses do not change the balance, and neither do the known statuses after them', async () => {
  const flags = fc.array(fc.boolean(), { minLength: 20, maxLength: 20 })
  const unmatched = fc.array(fc.record({ tens: fc.constantFrom(15, 30, 60), day: fc.nat(8) }), {
    maxLength: 3,
  })
  await fc.assert(
    fc.asyncProperty(items, unmatched, flags, async (all, reversals, isUnmapped) => {
      const at = instantOf(0).toISOString()
      const { clickId } = await insertClick(product, { ...merchantIds, member, at })
      const pages = pagesOf(all, reversals, clickId)
      await reportInOrder(pages, [])
      const before = await readBalance(product.payload, member)
      const last = pages.filter(({ day }) => day === 21).flatMap(({ rows }) => rows)
      const affected = last.filter((_, index) => isUnmapped[index])
      for (const row of affected) {
        const unmapped = { status: 'unknown' as const, rawStatus: 'parked', commissionMinor: 1 }
        await ingestPageOf({ day: 22, rows: [{ ...row, ...unmapped }] })
        expect(await readBalance(product.payload, member)).toBe(before)
      }
      await ingestPageOf({ day: 23, rows: last })
      expect(await readBalance(product.payload, member)).toBe(before)
    }),
    { numRuns: RUNS, endOnFailure: true },
  )
})

it('the ledger has no problems after all of these reports', async () => {
  expect((await verifyWallets(product.payload)).problems).toEqual([])
})
