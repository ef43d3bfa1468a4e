import { randomUUID } from 'node:crypto'

import { hashOf, madeId } from '../networks/parts/madeId.ts'
import { down, up } from '../migrations/20261121_200022_standing_words.ts'
import { aClick, aSeller, hoursAgo, type Shop } from '../testing/anOrphan.ts'
import { aUser } from '../testing/factories.ts'
import { type Product, startProduct } from '../testing/startProduct.ts'
import { aRow, tellRows } from '../testing/tellRows.ts'

let product: Product
let shop: Shop
beforeAll(async () => {
  product = await startProduct()
  shop = await aSeller(product)
})
afterAll(() => product.close())

/** From what the product before it had written, to what this one reads. */
const migrateAgain = async () => {
  const args = { db: product.payload.db.drizzle } as never
  await down(args)
  await up(args)
}
const tell = (day: number, ...rows: ReturnType<typeof aRow>[]) =>
  tellRows(product, { network: shop.network, day, rows })
const rowOf = async (externalId: string) =>
  (
    await product.sql(`select standing_status::text as standing, named_click_id as named,
      click_id as click from network_transactions where external_id = '${externalId}'`)
  )[0]
const clickOf = async (member: string | null) =>
  aClick(product, { ...shop, member, at: hoursAgo(9) })

describe('the migration to standing words', () => {
  it('leaves what a return took where its last word is one that nobody knows', async () => {
    const { clickId } = await clickOf((await aUser(product.payload)).id)
    const [order, back] = [randomUUID(), randomUUID()]
    const sale = aRow(clickId, { externalId: order, orderId: order })
    const taken = aRow(clickId, { externalId: back, orderId: order, commissionMinor: -2_000 })
    await tell(1, sale, taken)
    const parked = { status: 'unknown', rawStatus: 'parked' } as const
    await tell(2, { ...sale, ...parked }, { ...taken, ...parked })
    await migrateAgain()
    expect([await rowOf(order), await rowOf(back)]).toMatchObject([
      { standing: 'approved' },
      { standing: 'approved' },
    ])
  })

  it('finds the click that the network names of what people assigned', async () => {
    const member = (await aUser(product.payload)).id
    const [guest, own] = [await clickOf(null), await clickOf(member)]
    const order = randomUUID()
    const back = randomUUID()
    await tell(
      1,
      aRow(guest.clickId, { externalId: order, orderId: order }),
      aRow(guest.clickId, { externalId: back, orderId: null, commissionMinor: -5_000 }),
    )
    await product.sql(`update network_transactions set click_id = '${own.id}'
      where external_id in ('${order}', '${back}')`)
    await product.sql(`insert into sale_assignments (id, sale_id, member_id, click_id, amount_minor,
      currency, status) select time_ordered_uuid(), id, '${member}', '${own.id}', 0, 'INR', 'applied'
      from network_transactions where external_id = '${order}'`)
    await tell(2, aRow(null, { externalId: order, orderId: order }))
    await migrateAgain()
    expect(await rowOf(order)).toMatchObject({ click: own.id, named: guest.id })
    expect(await rowOf(back)).toMatchObject({ click: guest.id, named: null })
  })

  it('gives an order the id that its next file makes, the latest of two', async () => {
    const of = { merchantId: 'prögram "1"', orderId: 'O/1', eventAt: '2026-01-05T00:00:00.120Z' }
    const externalIds: string[] = []
    for (const day of [1, 2]) {
      const { clickId } = await clickOf(null)
      const made = [of.merchantId, of.orderId, clickId, of.eventAt, null]
      const externalId = `made-${hashOf(made)}`
      externalIds.push(externalId)
      await tell(day, aRow(clickId, { ...of, externalId, isIdMade: true }))
    }
    await migrateAgain()
    const now = madeId({ ...of, clickId: 'any' })
    expect(await rowOf(now)).toBeDefined()
    expect(await rowOf(externalIds[0] ?? '')).toBeDefined()
    expect(await rowOf(externalIds[1] ?? '')).toBeUndefined()
  })
})
