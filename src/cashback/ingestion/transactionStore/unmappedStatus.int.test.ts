import { randomUUID } from 'node:crypto'

import type { TransactionRow } from '../../networks/types.ts'
import { insertClick } from '../../../../test/support/insertRows.ts'
import {
  createMerchantAtNetwork,
  ingestTransactions,
} from '../../../../test/support/cashbackFactories.ts'
import { createUser, readBalance } from '../../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../../test/support/startProduct.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

/** Creates a member with a click at a new merchant. */
const createMemberWithClick = async () => {
  const { ids: merchantIds } = await createMerchantAtNetwork(product.payload)
  const member = await createUser(product.payload)
  const { clickId } = await insertClick(product, {
    ...merchantIds,
    member: member.id,
  })
  return { balance: () => readBalance(product.payload, member.id), clickId, merchantIds }
}

/** A member's order that is approved and credited: 70 % of 124.95. */
const prepareOrder = async () => {
  const { balance, clickId, merchantIds } = await createMemberWithClick()
  const order = { externalId: randomUUID(), orderId: randomUUID(), subId: clickId }
  const report = (over: Partial<TransactionRow> = {}) =>
    ingestTransactions(product, merchantIds, [{ ...order, ...over }])
  await report()
  const back = { externalId: randomUUID(), subId: null, commissionMinor: -2_495 }
  return {
    balance,
    report,
    reportReversal: (over: Partial<TransactionRow>) => report({ ...back, ...over }),
  }
}

const UNKNOWN = { status: 'unknown', rawStatus: 'parked' } as const

describe('an unmapped status', () => {
  it.each([0, 50_000])(
    'moves no money of a credited order, with a commission of %d',
    async (minor) => {
      const { balance, report } = await prepareOrder()
      await report({ ...UNKNOWN, commissionMinor: minor })
      expect(await balance()).toBe(8_747)
      await report({ status: 'declined', commissionMinor: minor })
      expect(await balance()).toBe(0)
    },
  )

  it('of a reversal keeps the clawback until the network reports a known status', async () => {
    const { balance, report, reportReversal } = await prepareOrder()
    await reportReversal({ status: 'approved' })
    expect(await balance()).toBe(7_000)
    await reportReversal(UNKNOWN)
    expect(await balance()).toBe(7_000)
    await report({ commissionMinor: 5_000 })
    expect(await balance()).toBe(1_754)
    await report()
    await reportReversal({ status: 'declined' })
    expect(await balance()).toBe(8_747)
  })

  it('of a reversal of the whole order does not credit the order again', async () => {
    const { balance, reportReversal } = await prepareOrder()
    const all = { commissionMinor: -12_495 }
    await reportReversal(all)
    expect(await balance()).toBe(0)
    await reportReversal({ ...all, ...UNKNOWN })
    expect(await balance()).toBe(0)
    await reportReversal({ ...all, status: 'declined' })
    expect(await balance()).toBe(8_747)
  })

  it('keeps the amount, order and click of the last known status', async () => {
    const { balance, report, reportReversal } = await prepareOrder()
    await reportReversal({ status: 'approved' })
    await reportReversal({ ...UNKNOWN, commissionMinor: -1, orderId: null, currency: 'USD' })
    await report({ ...UNKNOWN, commissionMinor: 1, currency: 'USD', subId: 'another' })
    expect(await balance()).toBe(7_000)
    const rows = await product.sql(
      `select t.status::text, t.last_known_status::text as "lastKnown", t.raw_status as raw
       from network_transactions t order by t.created_at desc, t.id desc limit 2`,
    )
    const kept = { status: 'unknown', lastKnown: 'approved', raw: 'parked' }
    expect(rows).toEqual([kept, kept])
  })
})

describe('an unmapped status, for a click or an order with several transactions,', () => {
  /** Two credited transactions of one click, of 500 each. */
  const preparePair = async (orders: [string, string]) => {
    const { balance, clickId, merchantIds } = await createMemberWithClick()
    const names = [randomUUID(), randomUUID()]
    const report = (at: number, over: Partial<TransactionRow>) =>
      ingestTransactions(product, merchantIds, [
        { externalId: names[at] ?? randomUUID(), subId: clickId, commissionMinor: 50_000, ...over },
      ])
    for (const [at, order] of orders.entries()) await report(at, { orderId: order })
    return { balance, report }
  }

  it('of an unmatched reversal keeps the matches of all unmatched reversals', async () => {
    const { balance, report } = await preparePair(['a', 'b'])
    const reversals = ['r1', 'r2'].map((name) => ({
      externalId: `${randomUUID()}-${name}`,
      orderId: null,
      commissionMinor: -50_000,
    }))
    for (const one of reversals) await report(9, one)
    expect(await balance()).toBe(0)
    for (const one of reversals) {
      await report(9, { ...one, ...UNKNOWN })
      expect(await balance()).toBe(0)
    }
  })

  it('of one item of an order takes nothing off the other items', async () => {
    const { balance, report } = await preparePair(['x', 'x'])
    await report(9, { externalId: randomUUID(), orderId: 'x', commissionMinor: -50_000 })
    expect(await balance()).toBe(35_000)
    for (const at of [0, 1]) {
      await report(at, { orderId: 'x', ...UNKNOWN })
      expect(await balance()).toBe(35_000)
    }
  })
})
