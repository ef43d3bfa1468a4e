import { createLocalReq } from 'payload'

import { inTransaction } from '../../../database/inTransaction.ts'
import { dbIn } from '../../../database/dbIn.ts'
import type { TransactionRow } from '../../networks/types.ts'
import { aClick, aSeller, hoursAgo, type Shop } from '../../../../test/support/anUnattributed.ts'
import { aUser } from '../../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../../test/support/startProduct.ts'
import { aRow, reportRows } from '../../../../test/support/reportRows.ts'
import { instantOf } from '../../../../test/support/reportStory.ts'
import { loadPostbackNetwork } from '../sync/networkStore.ts'
import { acceptProvisional } from './ingestPostbacks.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

/** A member's click at a network that is trusted up to a cap of 1,000. */
const aTrusted = async () => {
  const shop = await aSeller(product)
  const member = (await aUser(product.payload)).id
  const { clickId } = await aClick(product, { ...shop, member, at: hoursAgo(5) })
  await product.sql(`update networks set is_trusted = true, trusted_cap_minor = 1000,
    currency = 'INR' where id = '${shop.network}'`)
  return { clickId, shop }
}
const accept = async (shop: Shop, reported: TransactionRow[]) => {
  const req = await createLocalReq({}, product.payload)
  return inTransaction(req, async () => {
    const db = await dbIn(req)
    const network = await loadPostbackNetwork(db, shop.network)
    if (!network) throw new Error('no network')
    const at = { observedAt: instantOf(3), now: instantOf(3) }
    const rows = reported.map((row) => ({ ...row, receivedAt: instantOf(3).toISOString() }))
    return acceptProvisional(db, { network, rows, ...at })
  })
}

it('a postback is accepted for a transaction with an unmapped status', async () => {
  const { clickId, shop } = await aTrusted()
  const transaction = aRow(clickId, {
    status: 'pending',
    rawStatus: 'pending',
    commissionMinor: 1_000,
  })
  const reports = [transaction, { ...transaction, status: 'unknown' as const, rawStatus: 'parked' }]
  for (const [day, row] of reports.entries()) {
    await reportRows(product, { network: shop.network, day, rows: [row] })
  }
  expect(await accept(shop, [{ ...transaction, status: 'approved' }])).toHaveLength(1)
  const rows = await product.sql(`select status::text, last_known_status as "lastKnown"
    from network_transactions where network_id = '${shop.network}'`)
  expect(rows).toEqual([{ status: 'approved', lastKnown: null }])
})

it.each(['before', 'after'])(
  'a postback does not decline a reversal that was reported %s its order: it would pay beyond the cap',
  async (when) => {
    const { clickId, shop } = await aTrusted()
    const order = aRow(clickId, { commissionMinor: 100_000 })
    const unmatched = { externalId: 'r', orderId: null, commissionMinor: -100_000 }
    const back = aRow(clickId, { ...unmatched, status: 'pending' })
    const reports = when === 'before' ? [back, order] : [order, back]
    for (const [day, row] of reports.entries()) {
      await reportRows(product, { network: shop.network, day, rows: [row] })
    }
    const row = { ...back, status: 'declined' as const }
    for (const commissionMinor of [-100_000, 100_000]) {
      expect(await accept(shop, [{ ...row, commissionMinor }])).toEqual([])
    }
    const events = await product.sql(`select 1 from cashback_events e
      join network_transactions s on s.id = e.transaction_id
      where s.network_id = '${shop.network}' and s.commission_minor < 0`)
    expect(events).toEqual([])
  },
)
