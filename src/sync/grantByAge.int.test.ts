import { createLocalReq } from 'payload'

import { inTransaction } from '../ledger/inTransaction.ts'
import { balanceOf } from '../testing/factories.ts'
import { type Product, startProduct } from '../testing/startProduct.ts'
import { aShopper, instantOf, poll } from '../testing/tellStory.ts'
import { grantByAge } from './grantByAge.ts'

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

/** Until somebody waits for a lock of somebody else. */
const untilWaiting = async () => {
  const waiting = `select 1 from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`
  for (let tries = 0; tries < 5_000; tries += 1) {
    if ((await product.sql(waiting)).length > 0) return
  }
  throw new Error('nobody waits')
}

it('cashback that its network approves while it is approved by age is credited once', async () => {
  const { clicks, member, network } = await aShopper(product, [order])
  await product.payload.updateGlobal({
    slug: 'cashback-config',
    data: { autoApprove: 'by-age-with-cap', ageCapMinor: 100_000, autoApproveDays: 5 } as never,
  })
  const telling = { clicks, network: network.id, orders: [order] }
  await poll(product, { ...telling, day: 9 })
  const req = await createLocalReq({}, product.payload)
  const polled = await inTransaction(req, async () => {
    expect(await grantByAge(req, { limit: 100, now: instantOf(9) })).toBe(1)
    const poll10 = poll(product, { ...telling, day: 10 })
    await untilWaiting()
    return { poll10 }
  })
  await polled.poll10
  expect(await balanceOf(product.payload, member.id)).toBe(3_500)
})

it('cashback that was approved by age and then declined is not brought back by a “pending”', async () => {
  const undone = {
    order: 'o2',
    click: 'c2',
    timeline: [
      { ...step, day: 0 },
      { day: 10, status: 'declined' },
      { day: 11, status: 'pending' },
    ],
  }
  const { clicks, member, network } = await aShopper(product, [undone])
  const telling = { clicks, network: network.id, orders: [undone] }
  const req = await createLocalReq({}, product.payload)
  const grant = (day: number) =>
    inTransaction(req, () => grantByAge(req, { limit: 100, now: instantOf(day) }))
  await poll(product, { ...telling, day: 9 })
  await grant(9)
  expect(await balanceOf(product.payload, member.id)).toBe(3_500)
  for (const day of [10, 11]) {
    await poll(product, { ...telling, day })
    await grant(day)
    expect(await balanceOf(product.payload, member.id)).toBe(0)
  }
})

it('an approval by age is not handed on to the member whose click the network names later', async () => {
  const handed = { order: 'o3', click: 'c3', timeline: [{ ...step, day: 0 }] }
  const first = await aShopper(product, [handed])
  const second = await aShopper(product, [handed])
  const clickId = second.clicks.get('c3') ?? ''
  await product.sql(`update clicks set network_id = '${first.network.id}'
    where click_id = '${clickId}'`)
  const telling = { network: first.network.id, orders: [handed] }
  const req = await createLocalReq({}, product.payload)
  const grant = (day: number) =>
    inTransaction(req, () => grantByAge(req, { limit: 100, now: instantOf(day) }))
  const balances = async () => [
    await balanceOf(product.payload, first.member.id),
    await balanceOf(product.payload, second.member.id),
  ]
  await poll(product, { ...telling, clicks: first.clicks, day: 9 })
  await grant(9)
  expect(await balances()).toEqual([3_500, 0])
  await poll(product, { ...telling, clicks: second.clicks, day: 10 })
  expect(await balances()).toEqual([0, 0])
  await grant(10)
  expect(await balances()).toEqual([0, 3_500])
})
