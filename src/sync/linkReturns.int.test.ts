import { aShopper, instantOf } from '../testing/tellStory.ts'
import { balanceOf } from '../testing/factories.ts'
import { type Product, startProduct } from '../testing/startProduct.ts'
import { createLocalReq } from 'payload'

import { inTransaction } from '../ledger/inTransaction.ts'
import type { SaleRow } from '../networks/types.ts'
import { reducePage } from './reducePage.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const order = { order: 'o1', click: 'c1', timeline: [{ day: 0, status: 'approved' }] }

const aRow = (clickId: string, over: Partial<SaleRow>): SaleRow => ({
  externalId: '1',
  isIdMade: false,
  orderId: '1',
  clickId,
  merchantId: null,
  merchantName: 'Corner & Co',
  status: 'approved',
  rawStatus: 'approved',
  saleMinor: 100_000,
  commissionMinor: 5_000,
  currency: 'INR',
  eventAt: instantOf(0).toISOString(),
  clickedAt: null,
  changedAt: null,
  returnOf: null,
  comment: null,
  raw: null,
  ...over,
})

const reduce = async (network: string, rows: SaleRow[], day: number) => {
  const req = await createLocalReq({}, product.payload)
  const page = { rows, rejected: [], raw: rows, total: rows.length }
  const at = { observedAt: instantOf(day), now: instantOf(day) }
  return inTransaction(req, () => reducePage(req, { network, run: null, number: 1, page, ...at }))
}

describe('a return that names no order', () => {
  it('takes from the order of its click that earned as much, however often it is told', async () => {
    const { clicks, member, network } = await aShopper(product, [order])
    const clickId = clicks.get('c1') ?? ''
    const orders = [
      aRow(clickId, {}),
      aRow(clickId, { externalId: '2', orderId: '2', commissionMinor: 100 }),
    ]
    const back = aRow(clickId, { externalId: '3', orderId: null, commissionMinor: -200 })
    await reduce(network.id, orders, 1)
    expect(await balanceOf(product.payload, member.id)).toBe(3_570)
    await reduce(network.id, [...orders, back], 2)
    await reduce(network.id, [back], 3)
    expect(await balanceOf(product.payload, member.id)).toBe(3_430)
  })

  it('finds its order when that is told after it', async () => {
    const { clicks, member, network } = await aShopper(product, [order])
    const clickId = clicks.get('c1') ?? ''
    await reduce(
      network.id,
      [aRow(clickId, { externalId: '3', orderId: null, commissionMinor: -200 })],
      1,
    )
    await reduce(network.id, [aRow(clickId, {})], 2)
    expect(await balanceOf(product.payload, member.id)).toBe(3_360)
  })

  it('gives back what it took when it turns out to be of another order', async () => {
    const { clicks, member, network } = await aShopper(product, [order])
    const clickId = clicks.get('c1') ?? ''
    await reduce(
      network.id,
      [aRow(clickId, {}), aRow(clickId, { externalId: '2', orderId: '2' })],
      1,
    )
    for (const returnOf of ['1', '2']) {
      const back = { externalId: '3', orderId: null, commissionMinor: -200, returnOf }
      await reduce(network.id, [aRow(clickId, back)], Number(returnOf) + 1)
      expect(await balanceOf(product.payload, member.id)).toBe(6_860)
    }
  })

  it('takes nothing from the orders of another click', async () => {
    const { clicks, member, network } = await aShopper(product, [order])
    const other = aRow('', { externalId: '3', orderId: null, commissionMinor: -200, clickId: null })
    await reduce(network.id, [aRow(clicks.get('c1') ?? '', {}), other], 1)
    expect(await balanceOf(product.payload, member.id)).toBe(3_500)
  })
})

it('a return lowers cashback that is a part of the sale, and earns nothing itself', async () => {
  const { clicks, member, network } = await aShopper(product, [order])
  const clickId = clicks.get('c1') ?? ''
  await product.sql(`update clicks set rate_basis = 'sale', rate_bps = 300
    where click_id = '${clickId}'`)
  const lone = aRow(clickId, { externalId: '4', orderId: null, commissionMinor: -9_000 })
  await reduce(network.id, [aRow(clickId, {}), lone], 1)
  expect(await balanceOf(product.payload, member.id)).toBe(3_000)
  await reduce(network.id, [aRow(clickId, { externalId: '3', commissionMinor: -5_000 })], 2)
  expect(await balanceOf(product.payload, member.id)).toBe(0)
})

it('what returns of an order of several rows is taken once, whichever are declined', async () => {
  const { clicks, member, network } = await aShopper(product, [order])
  const of = (externalId: string, over: Partial<SaleRow> = {}) =>
    aRow(clicks.get('c1') ?? '', { externalId, orderId: 'x', commissionMinor: 1_000, ...over })
  await reduce(network.id, [of('1'), of('2'), of('3')], 1)
  await reduce(network.id, [of('4', { commissionMinor: -1_500 })], 2)
  expect(await balanceOf(product.payload, member.id)).toBe(1_050)
  await reduce(network.id, [of('1', { status: 'declined', rawStatus: 'declined' })], 3)
  expect(await balanceOf(product.payload, member.id)).toBe(350)
})
