import { verifyWallets } from '../../ledger/verification/verifyWallets.ts'
import type { VerifyMode } from '../../ledger/verification/rowsToVerify.ts'
import { readBalance } from '../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import {
  createMemberWithClicks,
  ingestOrders,
  type Order,
} from '../../../test/support/ingestOrders.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const order: Order = {
  order: 'o1',
  click: 'c',
  timeline: [
    { day: 0, status: 'approved', saleMinor: 249_900, commissionMinor: 12_495 },
    { day: 5, status: 'approved', commissionMinor: 10_000 },
  ],
}

const createCreditedEvent = async (): Promise<string> => {
  const { clicks, member, network } = await createMemberWithClicks(product, [order])
  for (const day of [0, 5]) {
    await ingestOrders(product, { clicks, day, network: network.id, orders: [order] })
  }
  const [row] = await product.sql<{ id: string }>(
    `select id::text from cashback_events where member_id = '${member.id}'`,
  )
  return row?.id ?? ''
}

describe.each<VerifyMode>(['full', 'incremental'])('verifying cashback, %s,', (mode) => {
  const problemsOf = async (event: string) =>
    (await verifyWallets(product.payload, { mode, freeze: false })).problems.filter(
      ({ subject }) => subject === event,
    )

  it('finds nothing if the transfers of each event add up to its credit', async () => {
    expect(await problemsOf(await createCreditedEvent())).toEqual([])
  })

  it.each([
    ['has another credit than its transfers', 'credited_minor = credited_minor - 1'],
    ['counts a transfer that does not exist', 'postings = postings + 1'],
  ])('finds an event that %s', async (_what, harm) => {
    const event = await createCreditedEvent()
    await product.sql(`update cashback_events set ${harm} where id = '${event}'`)
    expect(await problemsOf(event)).toMatchObject([{ problem: 'cashback-differs' }])
  })
})

it('a transaction that changes its currency is clawed back in the old currency and credited in the new one', async () => {
  const turned: Order = {
    ...order,
    timeline: [
      { day: 0, status: 'approved', saleMinor: 249_900, commissionMinor: 12_495 },
      { day: 5, status: 'approved', commissionMinor: 10_000, currency: 'USD' },
    ],
  }
  const { clicks, member, network } = await createMemberWithClicks(product, [turned])
  for (const day of [0, 5]) {
    await ingestOrders(product, { clicks, day, network: network.id, orders: [turned] })
  }
  expect(await readBalance(product.payload, member.id, 'INR')).toBe(0)
  expect(await readBalance(product.payload, member.id, 'USD')).toBe(7_000)
  const [event] = await product.sql<{ id: string }>(
    `select id::text, currency, credited_minor, postings from cashback_events where member_id = '${member.id}'`,
  )
  expect(event).toMatchObject({ currency: 'USD', credited_minor: '7000', postings: '3' })
  const { problems } = await verifyWallets(product.payload, { freeze: false })
  expect(problems.filter(({ subject }) => subject === event?.id)).toEqual([])
})
