import { randomUUID } from 'node:crypto'

import { createLocalReq } from 'payload'

import { inTransaction } from '../../../database/inTransaction.ts'
import { readDb } from '../../../database/readDb.ts'
import type { TransactionRow } from '../../networks/types.ts'
import { readBalance } from '../../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../../test/support/startProduct.ts'
import { aRow, reportRows } from '../../../../test/support/reportRows.ts'
import { aShopper, instantOf } from '../../../../test/support/reportStory.ts'
import { ingestPostbacks } from '../postbacks/ingestPostbacks.ts'
import { loadPostbackNetwork } from '../sync/networkStore.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const order = { order: '1', click: 'c1', timeline: [] }
/**
 * A member with a click that promises 10 % of the amount, and another merchant with another rate.
 */
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

const ingest = (network: string, sold: TransactionRow) =>
  reportRows(product, { network, day: 1, rows: [sold] })

it('the rate of a click does not apply to an order at another merchant', async () => {
  const { member, network, sold } = await aWanderer()
  await ingest(network, sold)
  expect(await readBalance(product.payload, member)).toBe(2_500)
})

it('the rate of a click does not apply either where a postback came first without a merchant', async () => {
  const { member, network: id, sold } = await aWanderer()
  const network = await loadPostbackNetwork(await readDb(product), id)
  if (!network) throw new Error('no network')
  const req = await createLocalReq({}, product.payload)
  const row = { ...sold, merchantId: null }
  const receivedAt = instantOf(0).toISOString()
  const postbacks = [{ id: '1', fields: {}, receivedAt, row }]
  await inTransaction(req, () => ingestPostbacks(req, { network, now: instantOf(0), postbacks }))
  await ingest(id, sold)
  expect(await readBalance(product.payload, member)).toBe(2_500)
})
