import { randomUUID } from 'node:crypto'

import type { Payment, User } from '../../src/payload-types.ts'
import {
  createMachine,
  createPayment,
  createReferral,
  createUser,
  signIn,
} from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

let product: Product
const tokens: Record<string, string> = {}
let buyer: User
let completed: Payment
let failed: Payment

beforeAll(async () => {
  product = await startProduct()
  const { payload } = product
  tokens.machine = await createMachine(payload, ['payments:write', 'refunds:write'])
  for (const role of ['admin', 'finance', 'member'] as const) {
    tokens[role] = await signIn(payload, await createUser(payload, { role }))
  }
  buyer = (await createReferral(payload)).buyer
  completed = await createPayment(payload, {
    user: buyer.id,
    status: 'completed',
    reference: 'TAKEN',
  })
  failed = await createPayment(payload, { user: buyer.id, status: 'failed' })
  const { status } = await product.rest('POST', '/api/refunds', {
    authorization: tokens.machine,
    body: { reference: 'TAKEN', payment: completed.id, amountMinor: 4_000 },
  })
  expect(status).toBe(201)
})
afterAll(() => product.close())

const UNKNOWN_ID = '00000000-0000-7000-8000-000000000000'
const TABLES =
  'payments refunds adjustments commissions wallets wallet_transactions users audit_logs idempotency_keys'

/** Everything that a request could have written: counts of rows, and amounts. */
const everything = async () => {
  const counts = TABLES.split(' ').map((table) => `(select count(*)::int from ${table}) ${table}`)
  const [row] = await product.sql(`select ${counts.join(', ')},
    (select sum(balance_minor)::text from wallets) balance,
    (select sum(refunded_minor)::text from payments) refunded,
    (select string_agg(status::text || amount_minor || currency, ',' order by id) from payments) payments`)
  return row
}

type Refused = { errors?: { code?: string; field?: string; message?: string }[] }
const refused = async (method: string, path: string, body: unknown, as = 'machine') => {
  const before = await everything()
  const answer = await product.rest<Refused>(method, path, { authorization: tokens[as], body })
  expect(await everything()).toEqual(before)
  const [entry] = answer.body.errors ?? []
  expect(answer.body.errors).toHaveLength(1)
  expect(entry?.message).toMatch(/^\w.{10,}/)
  return [answer.status, entry?.code, entry?.field]
}

const payment = (over: object) => ({
  reference: randomUUID(),
  user: buyer.id,
  amountMinor: 10_000,
  currency: 'INR',
  status: 'completed',
  ...over,
})
const refund = (over: object) => ({
  reference: randomUUID(),
  payment: completed.id,
  amountMinor: 1_000,
  ...over,
})
const adjustment = (over: object) => ({
  member: buyer.id,
  effect: 'credit',
  amountMinor: 1_000,
  currency: 'INR',
  reason: 'goodwill',
  ...over,
})
const NEW: [slug: string, make: (over: object) => object, as: string][] = [
  ['payments', payment, 'machine'],
  ['refunds', refund, 'machine'],
  ['adjustments', adjustment, 'finance'],
]
const each = <Case extends unknown[]>(cases: Case[]) =>
  NEW.flatMap(([slug, make, as]) => cases.map((one) => [slug, make, as, ...one] as const))

describe('an amount', () => {
  it.each(
    each<[name: string, amountMinor: unknown]>([
      ['negative', -1],
      ['zero', 0],
      ['fractional', 10.5],
      ['null (NaN in JSON)', null],
      ['the text NaN', 'NaN'],
      ['a text that begins like a number', '12abc'],
      ['a number in quotes', '1000'],
      ['above 2^53', 2 ** 53],
      ['far above 2^53', 1e308],
      ['a list', [1_000]],
      ['an object', { minor: 1 }],
      ['true', true],
    ]),
  )('of new $0 is refused by its field when it is $3', async (slug, make, as, _name, amount) => {
    expect(await refused('POST', `/api/${slug}`, make({ amountMinor: amount }), as)).toEqual([
      400,
      'money.not-minor',
      'amountMinor',
    ])
  })

  it.each(NEW)('that is missing from new %s is refused by its field', async (slug, make, as) => {
    expect(await refused('POST', `/api/${slug}`, make({ amountMinor: undefined }), as)).toEqual([
      400,
      'money.not-minor',
      'amountMinor',
    ])
  })

  it('of a pending payment cannot become zero', async () => {
    const { id } = await createPayment(product.payload, { user: buyer.id })
    expect(await refused('PATCH', `/api/payments/${id}`, { amountMinor: 0 })).toEqual([
      400,
      'money.not-minor',
      'amountMinor',
    ])
  })
})

describe('a currency', () => {
  it.each(
    NEW.filter(([slug]) => slug !== 'refunds').flatMap(([slug, make, as]) =>
      ['XXY', 'inr', 'Rs.', 356].map((currency) => [slug, currency, make, as] as const),
    ),
  )('of new %s that is %j is refused by its field', async (slug, currency, make, as) => {
    expect(await refused('POST', `/api/${slug}`, make({ currency }), as)).toEqual([
      400,
      'money.unknown-currency',
      'currency',
    ])
  })

  it('of a refund is that of its payment', async () => {
    expect(await refused('POST', '/api/refunds', refund({ currency: 'USD' }))).toEqual([
      400,
      'money.currency-mismatch',
      'currency',
    ])
    const same = await product.rest('POST', '/api/refunds', {
      authorization: tokens.machine,
      body: refund({ currency: 'INR', amountMinor: 1 }),
    })
    expect(same.status).toBe(201)
  })
})

describe('a field that does not exist', () => {
  it.each(
    each<[field: string]>([
      ['amount'],
      ['amount_minor'],
      ['isPaid'],
      ['_status'],
      ['__proto__ '],
      ['user.role'],
    ]),
  )('of new $0 is refused by its name: $3', async (slug, make, as, field) => {
    expect(await refused('POST', `/api/${slug}`, make({ [field]: 1 }), as)).toEqual([
      400,
      'request.unknown-field',
      field,
    ])
  })

  it('is refused in a change, too', async () => {
    const { id } = await createPayment(product.payload, { user: buyer.id })
    const body = { status: 'completed', completed: true }
    expect(await refused('PATCH', `/api/payments/${id}`, body)).toEqual([
      400,
      'request.unknown-field',
      'completed',
    ])
  })

  it('is refused by a route of our own', async () => {
    expect(
      await refused('POST', '/api/billing/affiliate/toggle', { active: true, x: 1 }, 'member'),
    ).toEqual([400, 'request.unknown-field', 'x'])
  })
})

describe('a reference to another row', () => {
  it.each([
    ['payments', 'user', payment, 'machine'],
    ['refunds', 'payment', refund, 'machine'],
    ['adjustments', 'member', adjustment, 'finance'],
  ] as const)('of new %s to a missing row is refused: %s', async (slug, field, make, as) => {
    for (const id of ['bogus', UNKNOWN_ID, 7, ['bogus'], { id: 'bogus' }, `${UNKNOWN_ID}'; --`]) {
      expect(await refused('POST', `/api/${slug}`, make({ [field]: id }), as)).toEqual([
        400,
        'request.unknown-reference',
        field,
      ])
    }
  })

  it('of a payment cannot be removed or point to a missing row', async () => {
    const { id } = await createPayment(product.payload, { user: buyer.id })
    expect(await refused('PATCH', `/api/payments/${id}`, { user: UNKNOWN_ID })).toEqual([
      400,
      'request.unknown-reference',
      'user',
    ])
    expect(await refused('PATCH', `/api/payments/${id}`, { user: null })).toEqual([
      400,
      'request.invalid',
      'user',
    ])
  })
})

describe('what contradicts the books is refused as a whole:', () => {
  it.each([
    ['payments', payment],
    ['refunds', refund],
  ])('%s under a reference that is taken', async (slug, make) => {
    expect(await refused('POST', `/api/${slug}`, make({ reference: 'TAKEN' }))).toEqual([
      409,
      'request.not-unique',
      'reference',
    ])
  })

  it('a payment renamed to a reference that is taken', async () => {
    const { id } = await createPayment(product.payload, { user: buyer.id })
    expect(await refused('PATCH', `/api/payments/${id}`, { reference: 'TAKEN' })).toEqual([
      409,
      'request.not-unique',
      'reference',
    ])
  })

  it('a refund above what is left', async () => {
    expect(await refused('POST', '/api/refunds', refund({ amountMinor: 6_001 }))).toEqual([
      400,
      'refund.exceeds-payment',
      'amountMinor',
    ])
  })

  it('a refund of a payment that was not completed', async () => {
    expect(await refused('POST', '/api/refunds', refund({ payment: failed.id }))).toEqual([
      400,
      'refund.payment-not-completed',
      'payment',
    ])
  })

  it.each(['pending', 'failed'])('a completed payment that becomes %s', async (status) => {
    expect(await refused('PATCH', `/api/payments/${completed.id}`, { status })).toEqual([
      409,
      'payment.status-backwards',
      'status',
    ])
  })

  it.each([
    ['amountMinor', 20_000],
    ['currency', 'USD'],
  ])('another %s for a completed payment', async (field, value) => {
    expect(await refused('PATCH', `/api/payments/${completed.id}`, { [field]: value })).toEqual([
      409,
      'payment.immutable',
      field,
    ])
  })

  it('another payer for a completed payment', async () => {
    const other = await createUser(product.payload)
    expect(await refused('PATCH', `/api/payments/${completed.id}`, { user: other.id })).toEqual([
      409,
      'payment.immutable',
      'user',
    ])
  })

  it('a status that does not exist', async () => {
    expect(await refused('POST', '/api/payments', payment({ status: 'paid' }))).toEqual([
      expect.any(Number),
      expect.stringMatching(/^(request|payment)\./),
      'status',
    ])
  })

  it('a member with money who is deleted', async () => {
    const [status, code] = await refused('DELETE', `/api/users/${buyer.id}`, undefined, 'admin')
    expect([status, code]).toEqual([409, 'user.has-history'])
  })

  it.each([
    ['DELETE', 'payments', () => completed.id],
    ['DELETE', 'refunds', () => UNKNOWN_ID],
    ['PATCH', 'refunds', () => UNKNOWN_ID],
    ['DELETE', 'wallets', () => UNKNOWN_ID],
    ['PATCH', 'wallet-transactions', () => UNKNOWN_ID],
  ])('%s of %s', async (method, slug, id) => {
    const body = method === 'PATCH' ? { amountMinor: 1 } : undefined
    const [status, code] = await refused(method, `/api/${slug}/${id()}`, body, 'admin')
    expect([status, code]).toEqual([403, 'auth.forbidden'])
  })
})

describe('a body', () => {
  it.each<[string, unknown, string]>([
    ['that is missing', undefined, 'request.malformed-body'],
    ['that is a list', [payment], 'request.malformed-body'],
    ['that is null', 'null', 'request.malformed-body'],
    ['that is a text', '"text"', 'request.malformed-body'],
    ['that is not JSON', '{"amountMinor": NaN}', 'request.malformed-body'],
  ])('%s is refused', async (_name, body, code) => {
    const [status, ...refusal] = await refused('POST', '/api/payments', body)
    expect([status, ...refusal]).toEqual([400, code, undefined])
  })

  it('with a character that PostgreSQL cannot store is refused', async () => {
    const [status, code] = await refused('POST', '/api/payments', payment({ reference: 'a\0b' }))
    expect([status, code]).toEqual([400, 'request.malformed-value'])
  })
})

it('a sender without permission is refused before the body is validated', async () => {
  for (const as of ['member', 'stranger']) {
    const [status, code] = await refused('POST', '/api/payments', { nonsense: 1 }, as)
    expect([status, code]).toEqual([403, 'auth.forbidden'])
  }
})

it('GraphQL refuses the same with the same codes', async () => {
  const before = await everything()
  const create = async (data: string) => {
    const { body } = await product.graphql(
      `mutation { createPayment(data: { reference: "gq", currency: "INR", status: pending, ${data} }) { id } }`,
      tokens.machine,
    )
    const { code, field, statusCode } = body.errors?.[0]?.extensions ?? {}
    return [statusCode, code, field]
  }
  expect(await create(`user: "${buyer.id}", amountMinor: -5`)).toEqual([
    400,
    'money.not-minor',
    'amountMinor',
  ])
  expect(await create(`user: "${UNKNOWN_ID}", amountMinor: 5`)).toEqual([
    400,
    'request.unknown-reference',
    'user',
  ])
  expect(await everything()).toEqual(before)
})
