import { createLocalReq } from 'payload'

import { inTransaction } from '../../../database/inTransaction.ts'
import { dbIn } from '../../../database/dbIn.ts'
import type { TransactionRow } from '../../networks/types.ts'
import { insertClick } from '../../../../test/support/insertRows.ts'
import {
  buildTransactionRow,
  createMerchantAtNetwork,
  ingestRowsAt,
  type MerchantIds,
} from '../../../../test/support/cashbackFactories.ts'
import { instantOf } from '../../../../test/support/instants.ts'
import { createUser } from '../../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../../test/support/startProduct.ts'
import { loadPostbackNetwork } from '../networkStore.ts'
import { acceptProvisional } from './ingestPostbacks.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

/** A member's click at a network that is trusted up to a cap of 1,000. */
const prepareTrustedNetwork = async () => {
  const { ids: merchantIds } = await createMerchantAtNetwork(product.payload)
  const member = (await createUser(product.payload)).id
  const { clickId } = await insertClick(product, { ...merchantIds, member })
  await product.sql(`update networks set is_trusted = true, trusted_cap_minor = 1000,
    currency = 'INR' where id = '${merchantIds.network}'`)
  return { clickId, merchantIds }
}
const accept = async (
  merchantIds: MerchantIds,
  reported: TransactionRow[],
  listedSince: Date | null = null,
) => {
  const req = await createLocalReq({}, product.payload)
  return inTransaction(req, async () => {
    const db = await dbIn(req)
    const network = await loadPostbackNetwork(db, merchantIds.network)
    if (!network) throw new Error('no network')
    const at = { observedAt: instantOf(3), now: instantOf(3), listedSince }
    const rows = reported.map((row) => ({ ...row, receivedAt: instantOf(3).toISOString() }))
    return acceptProvisional(db, { network, rows, ...at })
  })
}

it('a postback is accepted for a transaction with an unmapped status', async () => {
  const { clickId, merchantIds } = await prepareTrustedNetwork()
  const transaction = buildTransactionRow({
    subId: clickId,
    status: 'pending',
    rawStatus: 'pending',
    commissionMinor: 1_000,
  })
  const reports = [transaction, { ...transaction, status: 'unknown' as const, rawStatus: 'parked' }]
  for (const [day, row] of reports.entries()) {
    await ingestRowsAt(product, { network: merchantIds.network, at: instantOf(day), rows: [row] })
  }
  expect(await accept(merchantIds, [{ ...transaction, status: 'approved' }])).toHaveLength(1)
  const rows = await product.sql(`select status::text, last_known_status as "lastKnown"
    from network_transactions where network_id = '${merchantIds.network}'`)
  expect(rows).toEqual([{ status: 'approved', lastKnown: null }])
})

it.each(['before', 'after'])(
  'a postback cannot decline a reversal that was reported %s its order, because that would pay beyond the cap',
  async (when) => {
    const { clickId, merchantIds } = await prepareTrustedNetwork()
    const order = buildTransactionRow({ subId: clickId, commissionMinor: 100_000 })
    const unmatched = { externalId: 'r', orderId: null, commissionMinor: -100_000 }
    const back = buildTransactionRow({ subId: clickId, ...unmatched, status: 'pending' })
    const reports = when === 'before' ? [back, order] : [order, back]
    for (const [day, row] of reports.entries()) {
      await ingestRowsAt(product, { network: merchantIds.network, at: instantOf(day), rows: [row] })
    }
    const row = { ...back, status: 'declined' as const }
    for (const commissionMinor of [-100_000, 100_000]) {
      expect(await accept(merchantIds, [{ ...row, commissionMinor }])).toEqual([])
    }
    const events = await product.sql(`select 1 from cashback_events e
      join network_transactions s on s.id = e.transaction_id
      where s.network_id = '${merchantIds.network}' and s.commission_minor < 0`)
    expect(events).toEqual([])
  },
)

it('a postback is accepted for the oldest order that the API still lists, and for none before it', async () => {
  const { clickId, merchantIds } = await prepareTrustedNetwork()
  const transaction = buildTransactionRow({
    subId: clickId,
    status: 'pending',
    commissionMinor: 100,
  })
  await ingestRowsAt(product, {
    network: merchantIds.network,
    at: instantOf(0),
    rows: [transaction],
  })
  const approved = { ...transaction, status: 'approved' as const }
  const eventAt = Date.parse(transaction.eventAt)
  expect(await accept(merchantIds, [approved], new Date(eventAt + 1))).toEqual([])
  expect(await accept(merchantIds, [approved], new Date(eventAt))).toHaveLength(1)
})
