import { randomUUID } from 'node:crypto'

import type { SaleRow } from '../networks/types.ts'
import { aClick, aSeller, hoursAgo, tellSales } from '../testing/anOrphan.ts'
import { aUser, balanceOf } from '../testing/factories.ts'
import { type Product, startProduct } from '../testing/startProduct.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

/** A member's order that is approved and credited: 70 % of 124.95. */
const anOrder = async () => {
  const shop = await aSeller(product)
  const member = await aUser(product.payload)
  const { clickId } = await aClick(product, { ...shop, member: member.id, at: hoursAgo(5) })
  const order = { externalId: randomUUID(), orderId: randomUUID(), clickId }
  const tell = (over: Partial<SaleRow> = {}) => tellSales(product, shop, [{ ...order, ...over }])
  await tell()
  const back = { externalId: randomUUID(), clickId: null, commissionMinor: -2_495 }
  const balance = () => balanceOf(product.payload, member.id)
  return { balance, tell, tellReturn: (over: Partial<SaleRow>) => tell({ ...back, ...over }) }
}

const UNKNOWN = { status: 'unknown', rawStatus: 'parked' } as const

describe('a word that nobody knows', () => {
  it.each([0, 50_000])('moves no money of an order that was credited, at %d', async (minor) => {
    const { balance, tell } = await anOrder()
    await tell({ ...UNKNOWN, commissionMinor: minor })
    expect(await balance()).toBe(8_747)
    await tell({ status: 'declined', commissionMinor: minor })
    expect(await balance()).toBe(0)
  })

  it('of a return leaves what it took where it is, until the network says which', async () => {
    const { balance, tell, tellReturn } = await anOrder()
    await tellReturn({ status: 'approved' })
    expect(await balance()).toBe(7_000)
    await tellReturn(UNKNOWN)
    expect(await balance()).toBe(7_000)
    await tell({ commissionMinor: 5_000 })
    expect(await balance()).toBe(3_500)
    await tell()
    await tellReturn({ status: 'declined' })
    expect(await balance()).toBe(8_747)
  })
})
