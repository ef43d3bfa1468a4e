import { randomUUID } from 'node:crypto'

import { sql } from '@payloadcms/db-postgres'
import type { CollectionAfterChangeHook } from 'payload'

import { dbIn } from '../../src/database/dbIn.ts'
import type { User } from '../../src/payload-types.ts'
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
let machine: string
let finance: string
let affiliate: User
let buyer: User

beforeAll(async () => {
  product = await startProduct()
  const { payload } = product
  machine = await createMachine(payload, ['payments:write', 'refunds:write', 'members:read'])
  finance = await signIn(payload, await createUser(payload, { role: 'finance' }))
})
beforeEach(async () => {
  ;({ affiliate, buyer } = await createReferral(product.payload))
})
afterAll(() => product.close())

const payment = (over: object = {}) => ({
  reference: randomUUID(),
  user: buyer.id,
  amountMinor: 10_000,
  currency: 'INR',
  status: 'completed',
  ...over,
})
const post = (path: string, body: unknown, key: string | null, authorization = machine) =>
  product.rest<{ doc?: { id: string }; errors?: unknown[] }>('POST', path, {
    authorization,
    body,
    ...(key === null ? {} : { headers: { 'Idempotency-Key': key } }),
  })
const countOf = async (table: string): Promise<number> => {
  const [row] = await product.sql<{ count: number }>(`select count(*)::int from ${table}`)
  return row?.count ?? -1
}
const times = <Result>(count: number, work: () => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, work))

describe('a request that is repeated with its key', () => {
  it.each([
    ['payments', () => payment(), () => machine],
    [
      'refunds',
      async () => {
        const { id } = await createPayment(product.payload, { user: buyer.id, status: 'completed' })
        return { reference: randomUUID(), payment: id, amountMinor: 2_500 }
      },
      () => machine,
    ],
    [
      'adjustments',
      () => ({
        member: buyer.id,
        effect: 'credit',
        amountMinor: 700,
        currency: 'INR',
        reason: 'goodwill',
      }),
      () => finance,
    ],
  ])('gets the first answer and creates no second row in %s', async (slug, bodyOf, sender) => {
    const body = await bodyOf()
    const [rows, moved] = [await countOf(slug), await countOf('wallet_transactions')]
    const key = randomUUID()

    const first = await post(`/api/${slug}`, body, key, sender())
    const after = await countOf('wallet_transactions')
    const again = await post(`/api/${slug}/`, body, key, sender())

    expect(first).toMatchObject({ status: 201, body: { doc: { id: expect.any(String) } } })
    expect(again).toMatchObject({ status: 201, body: first.body })
    expect(again.headers.get('Idempotency-Replayed')).toBe('true')
    expect(await countOf(slug)).toBe(rows + 1)
    expect(after).toBeGreaterThan(moved)
    expect(await countOf('wallet_transactions')).toBe(after)
  })

  it('twenty times concurrently gets the same answer and pays once', async () => {
    const [body, key] = [payment(), randomUUID()]
    const answers = await times(20, () => post('/api/payments', body, key))

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
    expect(new Set(answers.map((answer) => answer.body.doc?.id)).size).toBe(1)
    expect(await readBalance(product.payload, affiliate.id)).toBe(1_000)
  })

  it('to approve an adjustment returns 200 both times and posts once', async () => {
    const other = await createUser(product.payload, { role: 'finance' })
    const { body } = await post(
      '/api/adjustments',
      {
        member: buyer.id,
        effect: 'credit',
        amountMinor: 900_000,
        currency: 'INR',
        reason: 'above the limit',
      },
      null,
      finance,
    )
    const second = await signIn(product.payload, other)
    const key = randomUUID()
    const approve = () => post(`/api/adjustments/${body.doc?.id}/approve`, undefined, key, second)

    expect((await approve()).status).toBe(200)
    expect((await approve()).status).toBe(200)
    expect(await readBalance(product.payload, buyer.id)).toBe(900_000)
  })

  it('by another sender is another request', async () => {
    const [key, other] = [randomUUID(), await createMachine(product.payload, ['payments:write'])]
    const answers = [
      await post('/api/payments', payment(), key),
      await post('/api/payments', payment(), key, other),
    ]
    expect(answers.map(({ status }) => status)).toEqual([201, 201])
    expect(answers[0]?.body.doc?.id).not.toBe(answers[1]?.body.doc?.id)
  })
})

describe('an idempotency key', () => {
  it.each([
    ['other content', '/api/payments', () => payment()],
    ['another route', '/api/refunds', undefined],
    ['another query', '/api/payments?depth=1', undefined],
  ])('is refused with %s, and nothing moves', async (_name, path, otherBody) => {
    const [body, key] = [payment(), randomUUID()]
    await post('/api/payments', body, key)
    const before = [await countOf('payments'), await countOf('wallet_transactions')]

    const answer = await post(path, otherBody?.() ?? body, key)
    expect(answer).toMatchObject({
      status: 409,
      body: { errors: [{ code: 'request.idempotency-key-reused', field: 'Idempotency-Key' }] },
    })
    expect([await countOf('payments'), await countOf('wallet_transactions')]).toEqual(before)
  })

  it.each([
    ['empty', ''],
    ['too long', 'k'.repeat(201)],
    ['not printable', 'a\tb'],
    ['not ASCII', 'clé'],
  ])('that is %s is refused with an error for the header', async (_name, key) => {
    const before = await countOf('payments')
    expect(await post('/api/payments', payment(), key)).toMatchObject({
      status: 400,
      body: { errors: [{ code: 'request.idempotency-key-malformed', field: 'Idempotency-Key' }] },
    })
    expect(await countOf('payments')).toBe(before)
  })

  it('of 200 characters is accepted', async () => {
    expect((await post('/api/payments', payment(), 'k'.repeat(200))).status).toBe(201)
  })

  it('can be used again after a refusal', async () => {
    const key = randomUUID()
    expect((await post('/api/payments', payment({ amountMinor: -1 }), key)).status).toBe(400)
    expect((await post('/api/payments', payment(), key)).status).toBe(201)
  })

  it('is ignored for an anonymous request', async () => {
    const answer = await product.rest('POST', '/api/payments', {
      body: payment(),
      headers: { 'Idempotency-Key': 'k' },
    })
    expect(answer).toMatchObject({ status: 403, body: { errors: [{ code: 'auth.forbidden' }] } })
  })

  it('does not change the answer', async () => {
    const path = '/api/payments?depth=1&select[reference]=true&select[user]=true'
    const shape = ({ body, status }: Awaited<ReturnType<typeof post>>) => ({
      status,
      keys: Object.keys(body).sort(),
      doc: Object.keys(body.doc ?? {}).sort(),
    })
    const [with_, without] = [
      await post(path, payment(), randomUUID()),
      await post(path, payment(), null),
    ]
    expect(shape(with_)).toEqual(shape(without))
    expect(without.body.doc).toMatchObject({ user: { id: buyer.id } })
  })

  it('is not stored for a request without one, or over GraphQL', async () => {
    const before = await countOf('idempotency_keys')
    await post('/api/payments', payment(), null)
    const mutation = () =>
      product.graphql(
        `mutation { createPayment(data: { reference: "${randomUUID()}", user: "${buyer.id}", amountMinor: 5, currency: "INR", status: pending }) { id } }`,
        machine,
        { 'Idempotency-Key': 'over-graphql' },
      )
    const ids = (await times(2, mutation)).map(({ body }) => body.data?.createPayment)
    expect(ids[0]).not.toEqual(ids[1])
    expect(await countOf('idempotency_keys')).toBe(before)
  })
})

describe('a failure between the transfer and the answer', () => {
  const during = async <Result>(hook: CollectionAfterChangeHook, work: () => Promise<Result>) => {
    const hooks = product.payload.collections.payments.config.hooks.afterChange
    hooks.push(hook)
    try {
      return await work()
    } finally {
      hooks.splice(hooks.indexOf(hook), 1)
    }
  }
  const keptOf = async (reference: string, key: string) => [
    (await product.sql(`select 1 from payments where reference = '${reference}'`)).length,
    (await product.sql(`select 1 from idempotency_keys where key = '${key}'`)).length,
    await readBalance(product.payload, affiliate.id),
  ]

  it('before the commit stores nothing, and the retry pays once', async () => {
    const [body, key] = [payment(), randomUUID()]
    const broken = await during(
      async ({ req }) => {
        await (await dbIn(req)).execute(sql`select 1 / 0`)
      },
      () => post('/api/payments', body, key),
    )
    expect(broken.status).toBe(500)
    expect(await keptOf(body.reference, key)).toEqual([0, 0, 0])

    expect((await post('/api/payments', body, key)).status).toBe(201)
    expect(await keptOf(body.reference, key)).toEqual([1, 1, 1_000])
  })

  it('of the commit is answered with what PostgreSQL refused, and the retry pays once', async () => {
    const [body, key] = [payment(), randomUUID()]
    await product.sql(
      `create constraint trigger broken after insert on idempotency_keys
       deferrable initially deferred for each row execute function refuse_change()`,
    )
    const broken = await post('/api/payments', body, key)
    await product.sql('drop trigger broken on idempotency_keys')
    expect(broken).toMatchObject({
      status: 409,
      body: { errors: [{ code: 'request.reference-broken' }] },
    })
    expect(await keptOf(body.reference, key)).toEqual([0, 0, 0])

    expect((await post('/api/payments', body, key)).status).toBe(201)
    expect(await keptOf(body.reference, key)).toEqual([1, 1, 1_000])
  })

  it('that loses the answer: the retry pays nothing more', async () => {
    const [body, key] = [payment(), randomUUID()]
    await post('/api/payments', body, key) // the answer is lost
    expect((await post('/api/payments', body, key)).status).toBe(201)
    expect(await keptOf(body.reference, key)).toEqual([1, 1, 1_000])
  })
})
