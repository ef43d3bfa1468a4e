import { createLocalReq } from 'payload'

import { inTransaction } from '../../database/inTransaction.ts'
import { readBalance } from '../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { untilWaiting } from '../../../test/support/untilWaiting.ts'
import { createMemberWithClicks, ingestOrders } from '../../../test/support/ingestOrders.ts'
import { instantOf } from '../../../test/support/instants.ts'
import { autoApprove } from './autoApprove.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const step = { status: 'pending', commissionMinor: 5_000, saleMinor: 100_000 }
const order = {
  order: 'o1',
  click: 'c1',
  timeline: [
    { ...step, day: 0 },
    { day: 10, status: 'approved' },
  ],
}

it('cashback that its network and the automatic approval approve at the same time is credited once', async () => {
  const { clicks, member, network } = await createMemberWithClicks(product, [order])
  await product.payload.updateGlobal({
    slug: 'cashback-config',
    data: { autoApprove: 'by-age-with-cap', ageCapMinor: 100_000, autoApproveDays: 5 } as never,
  })
  const scenario = { clicks, network: network.id, orders: [order] }
  await ingestOrders(product, { ...scenario, day: 9 })
  const req = await createLocalReq({}, product.payload)
  const polled = await inTransaction(req, async () => {
    expect(await autoApprove(req, { limit: 100, now: instantOf(9) })).toBe(1)
    const poll10 = ingestOrders(product, { ...scenario, day: 10 })
    await untilWaiting(product)
    return { poll10 }
  })
  await polled.poll10
  expect(await readBalance(product.payload, member.id)).toBe(3_500)
})

it('a late “pending” does not restore cashback that was approved automatically and then declined', async () => {
  const undone = {
    order: 'o2',
    click: 'c2',
    timeline: [
      { ...step, day: 0 },
      { day: 10, status: 'declined' },
      { day: 11, status: 'pending' },
    ],
  }
  const { clicks, member, network } = await createMemberWithClicks(product, [undone])
  const scenario = { clicks, network: network.id, orders: [undone] }
  const req = await createLocalReq({}, product.payload)
  const approve = (day: number) =>
    inTransaction(req, () => autoApprove(req, { limit: 100, now: instantOf(day) }))
  await ingestOrders(product, { ...scenario, day: 9 })
  await approve(9)
  expect(await readBalance(product.payload, member.id)).toBe(3_500)
  for (const day of [10, 11]) {
    await ingestOrders(product, { ...scenario, day })
    await approve(day)
    expect(await readBalance(product.payload, member.id)).toBe(0)
  }
})

it('an automatic approval does not pass to another member when the network corrects the click', async () => {
  const handed = { order: 'o3', click: 'c3', timeline: [{ ...step, day: 0 }] }
  const first = await createMemberWithClicks(product, [handed])
  const second = await createMemberWithClicks(product, [handed])
  const clickId = second.clicks.get('c3') ?? ''
  await product.sql(`update clicks set network_id = '${first.network.id}'
    where click_id = '${clickId}'`)
  const scenario = { network: first.network.id, orders: [handed] }
  const req = await createLocalReq({}, product.payload)
  const approve = (day: number) =>
    inTransaction(req, () => autoApprove(req, { limit: 100, now: instantOf(day) }))
  const balances = async () => [
    await readBalance(product.payload, first.member.id),
    await readBalance(product.payload, second.member.id),
  ]
  await ingestOrders(product, { ...scenario, clicks: first.clicks, day: 9 })
  await approve(9)
  expect(await balances()).toEqual([3_500, 0])
  await ingestOrders(product, { ...scenario, clicks: second.clicks, day: 10 })
  expect(await balances()).toEqual([0, 0])
  await approve(10)
  expect(await balances()).toEqual([0, 3_500])
})
