import { createLocalReq } from 'payload'

import { inTransaction } from '../ledger/inTransaction.ts'
import { transactionOf } from '../ledger/transactionOf.ts'
import type { SaleRow } from '../networks/types.ts'
import { aClick, aSeller, hoursAgo, type Shop } from '../testing/anOrphan.ts'
import { aUser } from '../testing/factories.ts'
import { type Product, startProduct } from '../testing/startProduct.ts'
import { aRow, tellRows } from '../testing/tellRows.ts'
import { instantOf } from '../testing/tellStory.ts'
import { postbackNetwork } from './postbackNetwork.ts'
import { trustHints } from './trustHints.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

/** A member's click at a network that is trusted up to 1,000. */
const aTrusted = async () => {
  const shop = await aSeller(product)
  const member = (await aUser(product.payload)).id
  const { clickId } = await aClick(product, { ...shop, member, at: hoursAgo(5) })
  await product.sql(`update networks set is_trusted = true, trusted_cap_minor = 1000,
    currency = 'INR' where id = '${shop.network}'`)
  return { clickId, shop }
}
const believe = async (shop: Shop, hints: SaleRow[]) => {
  const req = await createLocalReq({}, product.payload)
  return inTransaction(req, async () => {
    const db = await transactionOf(req)
    const network = await postbackNetwork(db, shop.network)
    if (!network) throw new Error('no network')
    const at = { observedAt: instantOf(3), now: instantOf(3) }
    const said = hints.map((hint) => ({ ...hint, receivedAt: instantOf(3).toISOString() }))
    return trustHints(db, { network, hints: said, ...at })
  })
}

it('a postback is believed of a sale that the network named a strange word of', async () => {
  const { clickId, shop } = await aTrusted()
  const sale = aRow(clickId, { status: 'pending', rawStatus: 'pending', commissionMinor: 1_000 })
  const told = [sale, { ...sale, status: 'unknown' as const, rawStatus: 'parked' }]
  for (const [day, row] of told.entries()) {
    await tellRows(product, { network: shop.network, day, rows: [row] })
  }
  expect(await believe(shop, [{ ...sale, status: 'approved' }])).toHaveLength(1)
  const rows = await product.sql(`select status::text, standing_status as standing
    from network_transactions where network_id = '${shop.network}'`)
  expect(rows).toEqual([{ status: 'approved', standing: null }])
})

it.each(['before', 'after'])(
  'a postback declines no return that was told %s its order: it would pay beyond the cap',
  async (when) => {
    const { clickId, shop } = await aTrusted()
    const order = aRow(clickId, { commissionMinor: 100_000 })
    const lone = { externalId: 'r', orderId: null, commissionMinor: -100_000 }
    const back = aRow(clickId, { ...lone, status: 'pending' })
    const told = when === 'before' ? [back, order] : [order, back]
    for (const [day, row] of told.entries()) {
      await tellRows(product, { network: shop.network, day, rows: [row] })
    }
    const hint = { ...back, status: 'declined' as const }
    for (const commissionMinor of [-100_000, 100_000]) {
      expect(await believe(shop, [{ ...hint, commissionMinor }])).toEqual([])
    }
    const events = await product.sql(`select 1 from cashback_events e
      join network_transactions s on s.id = e.sale_id
      where s.network_id = '${shop.network}' and s.commission_minor < 0`)
    expect(events).toEqual([])
  },
)
