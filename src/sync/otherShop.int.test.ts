import { randomUUID } from 'node:crypto'

import { createLocalReq } from 'payload'

import { inTransaction } from '../ledger/inTransaction.ts'
import { readerOf } from '../ledger/readerOf.ts'
import type { SaleRow } from '../networks/types.ts'
import { balanceOf } from '../testing/factories.ts'
import { type Product, startProduct } from '../testing/startProduct.ts'
import { aRow, tellRows } from '../testing/tellRows.ts'
import { aShopper, instantOf } from '../testing/tellStory.ts'
import { keepPostbacks } from './keepPostbacks.ts'
import { postbackNetwork } from './postbackNetwork.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const order = { order: '1', click: 'c1', timeline: [] }
/** A member whose click promises a tenth of the sale, and another shop that gives half of little. */
const aWanderer = async () => {
  const { clicks, member, network } = await aShopper(product, [order])
  const clickId = clicks.get('c1') ?? ''
  await product.sql(`update clicks set rate_basis = 'sale', rate_bps = 1000
    where click_id = '${clickId}'`)
  const programs = [
    { network: network.id, programId: 'other', trackingUrl: 'https://track.example/' },
  ]
  const rate = { rateBasis: 'commission', rateBps: 5_000 }
  await product.payload.create({
    collection: 'merchants',
    data: { name: 'Other & Co', slug: `m-${randomUUID()}`, programs, ...rate } as never,
  })
  const sold = aRow(clickId, { merchantId: 'other', merchantName: 'Other & Co' })
  return { member: member.id, network: network.id, sold }
}

const reduce = (network: string, sold: SaleRow) =>
  tellRows(product, { network, day: 1, rows: [sold] })

it('what a click promised for one shop is not paid for what was bought at another', async () => {
  const { member, network, sold } = await aWanderer()
  await reduce(network, sold)
  expect(await balanceOf(product.payload, member)).toBe(2_500)
})

it('nor is it where a postback came first, and did not name the shop', async () => {
  const { member, network: id, sold } = await aWanderer()
  const network = await postbackNetwork(await readerOf(product), id)
  if (!network) throw new Error('no network')
  const req = await createLocalReq({}, product.payload)
  const hint = { ...sold, merchantId: null }
  const receivedAt = instantOf(0).toISOString()
  const postbacks = [{ id: '1', fields: {}, receivedAt, row: hint }]
  await inTransaction(req, () => keepPostbacks(req, { network, now: instantOf(0), postbacks }))
  await reduce(id, sold)
  expect(await balanceOf(product.payload, member)).toBe(2_500)
})
