import { createMachine, createPayment, createUser, signIn } from '../../test/support/factories.ts'
import type { User } from '../../src/payload-types.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

let product: Product
let admin: string
let machine: string
let member: User
let token: string

beforeAll(async () => {
  product = await startProduct()
  const { payload } = product
  admin = await signIn(payload, await createUser(payload, { role: 'admin' }))
  machine = await createMachine(payload, ['payments:write'])
  member = await createUser(payload)
  token = await signIn(payload, member)
})
afterAll(() => product.close())

type Entry = {
  code: string
  message: string
  field?: string
  name?: string
  data?: { errors: { path: string; message: string }[] }
}
type Refusal = { errors: Entry[]; requestId: string }
const UUID = /^[0-9a-f-]{36}$/
const NOWHERE = '00000000-0000-7000-8000-000000000000'

describe('a refusal', () => {
  it.each<[code: string, status: number, method: string, path: () => string, body: unknown]>([
    ['auth.failed', 401, 'POST', () => '/api/users/login', { email: 'a@b.test', password: 'no' }],
    ['auth.forbidden', 403, 'POST', () => '/api/payments', {}],
    ['auth.forbidden', 403, 'DELETE', () => `/api/users/${member.id}`, undefined],
    ['request.not-found', 404, 'GET', () => `/api/users/${NOWHERE}`, undefined],
    ['request.not-found', 404, 'GET', () => '/api/nothing/here', undefined],
    ['request.not-found', 404, 'POST', () => '/api/nothing', {}],
    ['request.not-found', 404, 'PUT', () => '/api/payments/1', {}],
    ['request.not-found', 404, 'GET', () => '/api/globals/finance-config/no', undefined],
    ['request.invalid', 400, 'POST', () => '/api/users/login', {}],
    ['request.invalid', 400, 'POST', () => '/api/users/forgot-password', {}],
    ['request.invalid', 400, 'POST', () => '/api/users', { password: 'long-enough-1' }],
    ['request.invalid', 400, 'POST', () => '/api/users', { email: 'x@y.test', password: 'short' }],
    ['request.malformed-body', 400, 'POST', () => '/api/users', '{'],
    ['request.malformed-value', 400, 'GET', () => '/api/payments?where={', undefined],
    [
      'request.invalid-query',
      400,
      'GET',
      () => '/api/payments?where[nonsense][equals]=1',
      undefined,
    ],
    ['request.invalid-query', 400, 'GET', () => '/api/users?where[hash][equals]=1', undefined],
    ['request.invalid-query', 400, 'GET', () => '/api/payments?limit=many', undefined],
    [
      'request.query-too-deep',
      400,
      'GET',
      () => `/api/payments?where[id][in]=${',a'.repeat(600)}`,
      undefined,
    ],
    ['auth.required', 401, 'GET', () => '/api/billing/affiliate/stats', undefined],
  ])('has a code: %s (%i), %s', async (code, status, method, path, body) => {
    const isAnonymous = code === 'auth.required'
    const answer = await product.rest<Refusal>(method, path(), {
      authorization: isAnonymous ? undefined : token,
      body,
    })
    expect([answer.status, answer.body.errors[0]?.code]).toEqual([status, code])
    expect(answer.body.errors[0]?.message).toMatch(/^\w/)
    expect(answer.body.requestId).toMatch(UUID)
    // The admin panel shows a `message` at the top and then looks no further.
    expect(Object.keys(answer.body).sort()).toEqual(['errors', 'requestId'])
  })

  it('of a value that does not fit its column has a code', async () => {
    for (const path of ['/api/payments/bogus', '/api/payments?where[user][equals]=bogus']) {
      const { body, status } = await product.rest<Refusal>('GET', path, { authorization: token })
      if (status === 200) continue // a list may simply be empty
      expect([400, 404]).toContain(status)
      expect(body.errors[0]?.code).toMatch(/^request\./)
    }
  })

  it('names each field once, with a message and in the form of the admin panel', async () => {
    const { body, status } = await product.rest<Refusal>('POST', '/api/adjustments', {
      authorization: admin,
      body: { amountMinor: 5, reason: 'no', effect: 'gift' },
    })
    expect(status).toBe(400)
    expect(body.errors.map(({ code, field }) => [code, field]).sort()).toEqual([
      ['request.invalid', 'effect'],
      ['request.invalid', 'member'],
      ['request.invalid', 'reason'],
    ])
    for (const { data, field, message, name } of body.errors) {
      expect(name).toBe('ValidationError')
      expect(data?.errors).toMatchObject([{ path: field, message }])
    }
  })

  it('of one of our rules marks the field in the admin panel as well', async () => {
    const { id } = await createPayment(product.payload, { user: member.id, status: 'completed' })
    const { body } = await product.rest<Refusal>('PATCH', `/api/payments/${id}`, {
      authorization: machine,
      body: { status: 'failed' },
    })
    const [entry] = body.errors
    expect(entry).toMatchObject({ code: 'payment.status-backwards', field: 'status' })
    expect(entry?.data?.errors).toEqual([{ path: 'status', message: entry?.message }])
  })

  it('quotes the id that the edge gave the request', async () => {
    const { body } = await product.rest<Refusal>('POST', '/api/payments', {
      body: {},
      headers: { 'X-Request-Id': 'quoted-to-support' },
    })
    expect(body.requestId).toBe('quoted-to-support')
  })

  it('over GraphQL has its code, field and id in the extensions', async () => {
    const { body } = await product.graphql(
      'mutation { createUser(data: { email: "gql@refused.test", password: "short", role: member }) { id } }',
    )
    expect(body.errors?.[0]).toMatchObject({
      message: 'Use at least 8 characters.',
      extensions: {
        code: 'request.invalid',
        field: 'password',
        statusCode: 400,
        requestId: expect.stringMatching(UUID),
      },
    })
    const { body: anonymous } = await product.graphql('{ Commissions { docs { id } } }')
    expect(anonymous.errors?.[0]?.extensions).toMatchObject({ code: 'auth.forbidden' })
  })
})

describe('a body that holds no document', () => {
  it.each([
    ['a person', 'POST', () => '/api/users'],
    ['a sign-in', 'POST', () => '/api/users/login'],
    ['a machine', 'POST', () => '/api/service-accounts'],
    ['a change of a person', 'PATCH', () => `/api/users/${member.id}`],
    ['the programme', 'POST', () => '/api/globals/affiliation-config'],
  ])('sent as %s is an error of the sender, and changes nothing', async (_name, method, path) => {
    const rows = () =>
      product.sql(`select (select count(*) from users), (select count(*) from service_accounts),
        (select name from users where id = '${member.id}'), (select rate_bps from affiliation_config)`)
    const before = await rows()
    for (const body of [undefined, 'null', '[]', '"text"', '1']) {
      const { body: answer, status } = await product.rest<Refusal>(method, path(), {
        authorization: admin,
        body,
      })
      if (status !== 200) expect([status, answer.errors[0]?.code]).toEqual([400, CODE])
    }
    expect(await rows()).toEqual(before)
  })
  const CODE = expect.stringMatching(/^request\.(invalid|malformed-body)$/)
})

describe('an internal error', () => {
  const SECRETS = /select|insert|update |from |drizzle|params|node_modules|at \w+ \(/i
  const withFault = async <Result>(fault: () => Error, work: () => Promise<Result>) => {
    const hooks = product.payload.collections.payments.config.hooks.beforeChange
    const hook = () => Promise.reject(fault())
    hooks.unshift(hook)
    try {
      return await work()
    } finally {
      hooks.splice(hooks.indexOf(hook), 1)
    }
  }
  const create = () =>
    product.rest<Refusal>('POST', '/api/payments', {
      authorization: machine,
      body: { reference: 'faulty', user: member.id, amountMinor: 5, currency: 'INR' },
    })

  it.each<[string, () => Error]>([
    ['an error', () => new Error('select password from users')],
    ['a TypeError', () => new TypeError('Cannot read properties of undefined (reading secret)')],
    ['SQL that fails', () => Object.assign(new Error('Failed query: select 1'), { code: '42P01' })],
    ['what is not even an error', () => ({ message: 'select 1' }) as unknown as Error],
  ])('(%s) is answered without its details', async (_name, fault) => {
    const { body, status } = await withFault(fault, create)
    expect(status).toBe(500)
    expect(body).toEqual({
      errors: [{ code: 'request.failed', message: 'Something went wrong.' }],
      requestId: expect.stringMatching(UUID),
    })
    expect(JSON.stringify(body)).not.toMatch(SECRETS)
  })

  it.each([
    ['23505', 409, 'request.not-unique'],
    ['23514', 400, 'request.rule-broken'],
    ['23001', 409, 'request.reference-broken'],
    ['22003', 400, 'request.value-too-large'],
    ['40P01', 503, 'request.try-again'],
    ['55P03', 503, 'request.try-again'],
    ['57P01', 503, 'request.try-again'],
  ])('the database’s %s is answered %i %s, without SQL', async (state, status, code) => {
    const fault = () =>
      new Error('Failed query: insert into payments', {
        cause: Object.assign(new Error('violates "x"'), { code: state }),
      })
    const answer = await withFault(fault, create)
    expect([answer.status, answer.body.errors[0]?.code]).toEqual([status, code])
    expect(JSON.stringify(answer.body)).not.toMatch(SECRETS)
  })

  it('over GraphQL is answered without its details', async () => {
    const { body } = await withFault(
      () => new Error('select password from users'),
      () =>
        product.graphql(
          `mutation { createPayment(data: { reference: "faulty", user: "${member.id}", amountMinor: 5, currency: "INR", status: pending }) { id } }`,
          machine,
        ),
    )
    expect(body.errors?.[0]).toMatchObject({
      message: 'Something went wrong.',
      extensions: { code: 'request.failed', statusCode: 500 },
    })
    expect(JSON.stringify(body)).not.toMatch(/password/)
  })
})
