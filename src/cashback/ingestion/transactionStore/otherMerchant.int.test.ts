import { createLocalReq } from 'payload'

import { inTransaction } from '../../../database/inTransaction.ts'
import { readDb } from '../../../database/readDb.ts'
import type { TransactionRow } from '../../networks/types.ts'
import { readBalance } from '../../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../../test/support/startProduct.ts'
import {
  buildTransactionRow,
  createMerchant,
  ingestRowsAt,
} from '../../../../test/support/cashbackFactories.ts'
import { createMemberWithClicks } from '../../../../test/support/ingestOrders.ts'
import { instantOf } from '../../../../test/support/instants.ts'
import { ingestPostbacks } from '../postbacks/ingestPostbacks.ts'
import { loadPostbackNetwork } from '../networkStore.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const order = { order: '1', click: 'c1', timeline: [] }
/**
 * A member with a click that promises 10 % of the amount, and another merchant with another rate.
 */
const prepareOtherMerchant = async () => {
  const { clicks, member, network } = await createMemberWithClicks(product, [order])
  const clickId = clicks.get('c1') ?? ''
  await product.sql(`update clicks set rate_basis = 'sale', rate_bps = 1000
    where click_id = '${clickId}'`)
  const programs = [
    { network: network.id, programId: 'other', trackingUrl: 'https://track.example/' },
  ]
  const rate = { rateBasis: 'commission', rateBps: 5_000 }
  await createMerchant(product.payload, { name: 'Other & Co', programs, ...rate })
  const reported = buildTransactionRow({
    subId: clickId,
    programId: 'other',
    programName: 'Other & Co',
  })
  return { member: member.id, network: network.id, reported }
}

const ingest = (network: string, reported: TransactionRow) =>
  ingestRowsAt(product, { network, at: instantOf(1), rows: [reported] })

it('the rate of a click does not apply to an order at another merchant', async () => {
  const { member, network, reported } = await prepareOtherMerchant()
  await ingest(network, reported)
  expect(await readBalance(product.payload, member)).toBe(2_500)
})

it('the rate of a click does not apply to an order at another merchant after a postback without a merchant', async () => {
  const { member, network: id, reported } = await prepareOtherMerchant()
  const network = await loadPostbackNetwork(await readDb(product), id)
  if (!network) throw new Error('no network')
  const req = await createLocalReq({}, product.payload)
  const row = { ...reported, merchantId: null }
  const receivedAt = instantOf(0).toISOString()
  const postbacks = [{ id: '1', fields: {}, receivedAt, row }]
  await inTransaction(req, () =>
    ingestPostbacks(req, { network, now: instantOf(0), postbacks, listedSince: null }),
  )
  await ingest(id, reported)
  expect(await readBalance(product.payload, member)).toBe(2_500)
})
