import { createUser, signIn } from '../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import {
  createMemberWithClicks,
  ingestOrders,
  type Order,
} from '../../../test/support/ingestOrders.ts'

let product: Product
let eventId: string
let owner: string
let staff: string
let stranger: string

const order: Order = {
  order: 'VC-551902',
  click: 'c',
  timeline: [
    { day: 0, status: 'pending', saleMinor: 249_900, commissionMinor: 12_495 },
    { day: 5, status: 'approved' },
    { day: 9, status: 'declined' },
  ],
}

beforeAll(async () => {
  product = await startProduct()
  const { payload } = product
  const { clicks, member, network } = await createMemberWithClicks(product, [order])
  for (const day of [0, 5, 9]) {
    await ingestOrders(product, { clicks, day, network: network.id, orders: [order] })
  }
  const [event] = await product.sql<{ id: string }>(
    `select id::text from cashback_events where member_id = '${member.id}'`,
  )
  eventId = event?.id ?? ''
  owner = await signIn(payload, member)
  staff = await signIn(payload, await createUser(payload, { role: 'support' }))
  stranger = await signIn(payload, await createUser(payload))
})
afterAll(() => product.close())

const explain = (authorization: string | undefined, path = `/api/cashback-events/${eventId}`) =>
  product.rest('GET', `${path}/explain`, { ...(authorization ? { authorization } : {}) })

describe('the explanation of cashback', () => {
  it('shows the member the status of the order and every transfer', async () => {
    const { body, status } = await explain(owner)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      status: 'reversed',
      amountMinor: 8_747,
      creditedMinor: 0,
      words:
        'The cashback for your order at Corner & Co was taken back: the merchant no longer accepts the order. Returned and cancelled orders earn nothing.',
      transfers: [
        { kind: 'cashback', amountMinor: 8_747 },
        { kind: 'clawback', amountMinor: 8_747 },
      ],
    })
    expect(JSON.stringify(body)).not.toContain('12495')
  })

  it('shows staff the network’s status and the computation', async () => {
    const { body } = await explain(staff)
    expect(body).toMatchObject({
      words: expect.stringContaining('“declined”') as string,
      transaction: { externalId: 'VC-551902', commissionMinor: 12_495 },
    })
  })

  it('does not exist for another member, and requires a sign-in', async () => {
    expect((await explain(stranger)).status).toBe(404)
    expect((await explain(undefined)).status).toBe(401)
  })

  it('is also the explanation of each of its transfers', async () => {
    const [transfer] = await product.sql<{ id: string }>(
      `select id::text from wallet_transactions where cashback_event_id = '${eventId}' order by posted_at`,
    )
    const path = `/api/wallet-transactions/${transfer?.id ?? ''}`
    expect((await explain(owner, path)).body).toMatchObject({
      transfer: { kind: 'cashback', amountMinor: 8_747 },
      words: expect.stringContaining('taken back') as string,
    })
    expect((await explain(stranger, path)).status).toBe(404)
  })

  it('is linked from the moves of a wallet statement', async () => {
    const { body } = await product.rest('GET', '/api/billing/wallet/statement?currency=INR', {
      authorization: owner,
    })
    expect(body).toMatchObject({
      moves: [{ links: { cashbackEvent: eventId } }, { links: { cashbackEvent: eventId } }],
    })
  })
})
