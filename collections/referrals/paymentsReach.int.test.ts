import { randomUUID } from 'node:crypto'

import {
  createMachine,
  createPayment,
  createReferral,
  createUser,
  readBalance,
  signIn,
} from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

let product: Product
const tokens: Record<string, string> = {}
beforeAll(async () => {
  product = await startProduct()
  const { payload } = product
  for (const role of ['admin', 'finance', 'support', 'member'] as const) {
    tokens[role] = await signIn(payload, await createUser(payload, { role }))
  }
  await createUser(payload, { role: 'admin' }) // a second admin, who would have to approve
  tokens['payments:write'] = await createMachine(payload, ['payments:write'])
  tokens['refunds:write'] = await createMachine(payload, ['refunds:write'])
})
afterAll(() => product.close())

type Answer = { errors?: { code: string }[]; doc?: { id: string } }
const send = async (as: string, method: string, path: string, body: object) => {
  const authorization = tokens[as]
  const answer = await product.rest<Answer>(method, `/api/${path}`, { authorization, body })
  return [answer.status, answer.body.errors?.[0]?.code]
}
const payment = (user: string) => ({
  reference: randomUUID(),
  user,
  amountMinor: 10_000,
  currency: 'INR',
  status: 'completed',
})
const refund = (of: string) => ({ reference: randomUUID(), payment: of, amountMinor: 10_000 })
const FORBIDDEN = [403, 'auth.forbidden']

/** A member with one completed and one pending payment, and what their referrer can spend. */
const createPayer = async () => {
  const { affiliate, buyer } = await createReferral(product.payload)
  const { id: completed } = await createPayment(product.payload, {
    user: buyer.id,
    status: 'completed',
  })
  const { id: pending } = await createPayment(product.payload, { user: buyer.id })
  const money = async () => ({
    balance: await readBalance(product.payload, affiliate.id),
    payments: await product.sql(
      `select reference, status, amount_minor, refunded_minor from payments
       where user_id = '${buyer.id}' order by id`,
    ),
  })
  return { affiliate, buyer, completed, pending, money }
}

describe.each(['admin', 'finance', 'support', 'member'])('%s', (role) => {
  it('neither posts, completes nor changes a payment, nor refunds one', async () => {
    const { buyer, completed, money, pending } = await createPayer()
    const before = await money()
    const attempts: [string, string, object][] = [
      ['POST', 'payments', payment(buyer.id)],
      ['POST', 'payments', { ...payment(buyer.id), status: 'pending' }],
      ['PATCH', `payments/${pending}`, { status: 'completed' }],
      ['PATCH', `payments/${pending}`, { amountMinor: 1_000_000 }],
      ['PATCH', `payments/${completed}`, { reference: randomUUID() }],
      ['POST', 'refunds', refund(completed)],
    ]
    for (const [method, path, body] of attempts)
      expect([path, body, ...(await send(role, method, path, body))]).toEqual([
        path,
        body,
        ...FORBIDDEN,
      ])
    expect(await money()).toEqual(before)
  })

  it('does neither over GraphQL', async () => {
    const { buyer, completed, money, pending } = await createPayer()
    const before = await money()
    for (const mutation of [
      `createPayment(data: { reference: "${randomUUID()}", user: "${buyer.id}", amountMinor: 500, currency: "INR", status: completed }) { id }`,
      `updatePayment(id: "${pending}", data: { status: completed }) { id }`,
      `createRefund(data: { reference: "${randomUUID()}", payment: "${completed}", amountMinor: 500 }) { id }`,
    ]) {
      const { body } = await product.graphql(`mutation { ${mutation} }`, tokens[role])
      expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'auth.forbidden' })
    }
    expect(await money()).toEqual(before)
  })
})

describe('an admin alone', () => {
  it('makes a friend the referrer and earns them nothing by a payment that was never made', async () => {
    const [friend, payer] = [
      await createUser(product.payload, { affiliateActive: true }),
      await createUser(product.payload),
    ]
    const referrer = { referrer: friend.id, reason: 'came by a friend’s poster' }
    expect((await send('admin', 'POST', `users/${payer.id}/referrer`, referrer))[0]).toBe(200)
    expect(await send('admin', 'POST', 'payments', payment(payer.id))).toEqual(FORBIDDEN)
    expect(await readBalance(product.payload, friend.id)).toBe(0)
    // What keeps the friend from earning is the right to post, not the state of the two accounts.
    expect((await send('payments:write', 'POST', 'payments', payment(payer.id)))[0]).toBe(201)
    expect(await readBalance(product.payload, friend.id)).toBe(1_000)
  })

  it('makes no machine that posts payments', async () => {
    const { buyer, money } = await createPayer()
    const before = await money()
    const apiKey = 'r'.repeat(48)
    const robot = { name: 'robot', scopes: ['payments:write'], enableAPIKey: true, apiKey }
    expect((await send('admin', 'POST', 'service-accounts', robot))[0]).toBe(201)
    tokens.robot = `service-accounts API-Key ${apiKey}`
    expect(await send('robot', 'POST', 'payments', payment(buyer.id))).toEqual(FORBIDDEN)
    expect(await money()).toEqual(before)
  })
})

describe('a machine', () => {
  it('posts and completes payments with one scope, refunds them with the other', async () => {
    const { affiliate, buyer, completed, pending } = await createPayer()
    const [payer, refunder] = ['payments:write', 'refunds:write']
    expect((await send(payer, 'POST', 'payments', payment(buyer.id)))[0]).toBe(201)
    const done = { status: 'completed' }
    expect((await send(payer, 'PATCH', `payments/${pending}`, done))[0]).toBe(200)
    expect(await readBalance(product.payload, affiliate.id)).toBe(3_000)
    expect((await send(refunder, 'POST', 'refunds', refund(completed)))[0]).toBe(201)
    expect(await readBalance(product.payload, affiliate.id)).toBe(2_000)
  })

  it('does not do with one scope what takes the other', async () => {
    const { buyer, completed, money, pending } = await createPayer()
    const before = await money()
    const done = { status: 'completed' }
    expect(await send('refunds:write', 'POST', 'payments', payment(buyer.id))).toEqual(FORBIDDEN)
    expect(await send('refunds:write', 'PATCH', `payments/${pending}`, done)).toEqual(FORBIDDEN)
    expect(await send('payments:write', 'POST', 'refunds', refund(completed))).toEqual(FORBIDDEN)
    expect(await money()).toEqual(before)
  })
})
