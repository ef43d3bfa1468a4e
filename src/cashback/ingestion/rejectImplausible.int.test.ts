import { createLocalReq } from 'payload'

import { inTransaction } from '../../database/inTransaction.ts'
import { readDb } from '../../database/readDb.ts'
import {
  buildTransactionRow,
  createMerchantAtNetwork,
  ingestRowsAt,
} from '../../../test/support/cashbackFactories.ts'
import { createUser, readBalance } from '../../../test/support/factories.ts'
import { insertClick } from '../../../test/support/insertRows.ts'
import { instantOf } from '../../../test/support/instants.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import type { TransactionRow } from '../networks/types.ts'
import { applyPostbacks } from './postbacks/applyPostbacks.ts'
import { storePostback } from './postbacks/storePostback.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const createClick = async () => {
  const { ids } = await createMerchantAtNetwork(product.payload)
  const member = (await createUser(product.payload)).id
  const { clickId } = await insertClick(product, { ...ids, member })
  return { network: ids.network, member, clickId }
}
const quarantinedIn = async (network: string) =>
  (
    await product.sql<{ code: string }>(
      `select code from quarantined_rows where network_id = '${network}' order by code`,
    )
  ).map(({ code }) => code)

const good = (clickId: string): TransactionRow =>
  buildTransactionRow({ externalId: 'good', orderId: 'good', subId: clickId })

describe('one absurd row is quarantined and does not stop its page', () => {
  it.each<[string, Partial<TransactionRow>, string]>([
    ['a commission above the order value', { saleMinor: 100 }, 'row.commission-above-sale'],
    ['an order of tomorrow', { eventAt: instantOf(2).toISOString() }, 'row.date-in-future'],
    [
      'a year beyond the database',
      { eventAt: '+099999-01-01T00:00:00.000Z' },
      'row.date-in-future',
    ],
    ['a year of the last century', { eventAt: '1970-01-01T00:00:00Z' }, 'row.date-out-of-range'],
    [
      'an order a week before its click',
      { eventAt: instantOf(-8).toISOString() },
      'row.before-click',
    ],
    [
      'an amount above the setting',
      { saleMinor: null, commissionMinor: 1_000_000_001 },
      'row.amount-out-of-range',
    ],
    ['an id beyond the index', { externalId: 'x'.repeat(9_000) }, 'row.text-too-long'],
    [
      'a value that only the database refuses',
      { clickedAt: '2026-01-01T10:00:00.000+99:00' },
      'row.date-out-of-range',
    ],
  ])('%s', async (_name, over, code) => {
    const { clickId, member, network } = await createClick()
    const absurd = { ...good(clickId), externalId: 'absurd', orderId: 'absurd', ...over }
    const rows = [absurd, good(clickId)]
    const ingested = await ingestRowsAt(product, { network, at: instantOf(1), rows })
    expect(ingested).toMatchObject({ created: 1, quarantined: 1 })
    expect(await quarantinedIn(network)).toEqual([code])
    expect(await readBalance(product.payload, member)).toBe(3_500)
    // The same page again: nothing is quarantined twice.
    expect(await ingestRowsAt(product, { network, at: instantOf(1), rows })).toMatchObject({
      changed: 0,
      quarantined: 0,
    })
  })

  it('a row that only the database refuses is found among many', async () => {
    const { clickId, member, network } = await createClick()
    // No adapter returns such a status; the type of the column refuses it.
    const refused = { ...good(clickId), externalId: 'refused', status: 'nonsense' as never }
    const others = Array.from({ length: 20 }, (_, n) => ({
      ...good(clickId),
      externalId: `o${n}`,
      orderId: `o${n}`,
    }))
    const rows = [...others.slice(0, 7), refused, ...others.slice(7)]
    const ingested = await ingestRowsAt(product, { network, at: instantOf(1), rows })
    expect(ingested).toMatchObject({ created: 20, quarantined: 1 })
    expect(await quarantinedIn(network)).toEqual(['row.refused'])
    expect(await readBalance(product.payload, member)).toBe(70_000)
  })
})

it('a network that pays above the order value is read, once that is set', async () => {
  const { clickId, member, network } = await createClick()
  const rows = [{ ...good(clickId), saleMinor: 100 }]
  await ingestRowsAt(product, { network, at: instantOf(1), rows })
  expect(await readBalance(product.payload, member)).toBe(0)
  await product.payload.update({
    collection: 'networks',
    id: network,
    data: { paysAboveSale: true },
  })
  await ingestRowsAt(product, { network, at: instantOf(1), rows })
  expect(await readBalance(product.payload, member)).toBe(3_500)
})

it('a lead without an order value is read', async () => {
  const { clickId, member, network } = await createClick()
  const rows = [null, 0].map((saleMinor, n) => ({
    ...good(clickId),
    externalId: `lead-${n}`,
    orderId: `lead-${n}`,
    saleMinor,
  }))
  expect(await ingestRowsAt(product, { network, at: instantOf(1), rows })).toMatchObject({
    created: 2,
    quarantined: 0,
  })
  expect(await readBalance(product.payload, member)).toBe(7_000)
})

it('an absurd postback is quarantined, and the other postbacks are applied', async () => {
  const { clickId, network } = await createClick()
  await product.sql(
    `update networks set adapter = 'admitad', settings = '{}' where id = '${network}'`,
  )
  const time = String(instantOf(0).getTime() / 1_000)
  const fields = (id: string, payment_sum: string) => ({
    admitad_id: id,
    payment_sum,
    payment_status: 'new',
    currency: 'INR',
    order_id: id,
    order_sum: '1000.00',
    subid4: clickId,
    click_time: time,
    time,
  })
  const db = await readDb(product)
  for (const [id, commission] of [
    ['1', '50.00'],
    ['2', '5000.00'],
  ] as const) {
    await storePostback(db, {
      network,
      fields: fields(id, commission),
      eventId: id,
      receivedAt: instantOf(1),
    })
  }
  const req = await createLocalReq({}, product.payload)
  await inTransaction(req, () => applyPostbacks(req, { limit: 10, now: instantOf(1) }))
  const stored = await product.sql(
    `select external_id from network_transactions where network_id = '${network}'`,
  )
  expect(await quarantinedIn(network)).toEqual(['row.commission-above-sale'])
  expect(stored).toEqual([{ external_id: '1' }])
})
