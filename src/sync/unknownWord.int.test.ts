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
    expect(await balance()).toBe(1_754)
    await tell()
    await tellReturn({ status: 'declined' })
    expect(await balance()).toBe(8_747)
  })

  it('of a return that took all leaves nothing to be paid out', async () => {
    const { balance, tellReturn } = await anOrder()
    const all = { commissionMinor: -12_495 }
    await tellReturn(all)
    expect(await balance()).toBe(0)
    await tellReturn({ ...all, ...UNKNOWN })
    expect(await balance()).toBe(0)
    await tellReturn({ ...all, status: 'declined' })
    expect(await balance()).toBe(8_747)
  })

  it('leaves amount, order and click as they were told in a word that is known', async () => {
    const { balance, tell, tellReturn } = await anOrder()
    await tellReturn({ status: 'approved' })
    await tellReturn({ ...UNKNOWN, commissionMinor: -1, orderId: null, currency: 'USD' })
    await tell({ ...UNKNOWN, commissionMinor: 1, currency: 'USD', clickId: 'another' })
    expect(await balance()).toBe(7_000)
    const rows = await product.sql(
      `select t.status::text, t.standing_status::text as standing, t.raw_status as word
       from network_transactions t order by t.created_at desc, t.id desc limit 2`,
    )
    const kept = { status: 'unknown', standing: 'approved', word: 'parked' }
    expect(rows).toEqual([kept, kept])
  })
})

describe('a word that nobody knows, where a click or an order has several rows,', () => {
  /** Two sales of 500 each that a member has been credited for, of a click. */
  const aPair = async (orders: [string, string]) => {
    const shop = await aSeller(product)
    const member = await aUser(product.payload)
    const { clickId } = await aClick(product, { ...shop, member: member.id, at: hoursAgo(5) })
    const names = [randomUUID(), randomUUID()]
    const tell = (at: number, over: Partial<SaleRow>) =>
      tellSales(product, shop, [
        { externalId: names[at] ?? randomUUID(), clickId, commissionMinor: 50_000, ...over },
      ])
    for (const [at, order] of orders.entries()) await tell(at, { orderId: order })
    return { balance: () => balanceOf(product.payload, member.id), tell }
  }

  it('of a lone return leaves all lone returns at their orders', async () => {
    const { balance, tell } = await aPair(['a', 'b'])
    const returns = ['r1', 'r2'].map((name) => ({
      externalId: `${randomUUID()}-${name}`,
      orderId: null,
      commissionMinor: -50_000,
    }))
    for (const one of returns) await tell(9, one)
    expect(await balance()).toBe(0)
    for (const one of returns) {
      await tell(9, { ...one, ...UNKNOWN })
      expect(await balance()).toBe(0)
    }
  })

  it('of one thing of an order takes nothing from another', async () => {
    const { balance, tell } = await aPair(['x', 'x'])
    await tell(9, { externalId: randomUUID(), orderId: 'x', commissionMinor: -50_000 })
    expect(await balance()).toBe(35_000)
    for (const at of [0, 1]) {
      await tell(at, { orderId: 'x', ...UNKNOWN })
      expect(await balance()).toBe(35_000)
    }
  })
})
