import { createUser, signIn } from '../../test/support/factories.ts'
import { createMerchant } from '../../test/support/cashbackFactories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

let product: Product
let admin: string
beforeAll(async () => {
  product = await startProduct()
  admin = await signIn(product.payload, await createUser(product.payload, { role: 'admin' }))
})
afterAll(() => product.close())

type Refusal = { errors?: { code: string; field?: string }[]; requestId?: string }
const MERCHANT = { name: 'M', slug: 'm', rateBasis: 'commission', rateBps: 1 }
const NOWHERE = '00000000-0000-7000-8000-000000000001'
const inJson = (where: unknown) => `?where=${encodeURIComponent(JSON.stringify(where))}`

describe('each of these was an internal error, or found more than it asked for:', () => {
  it.each<[string, string, string, number, string, string | undefined, unknown?]>([
    ['versions of what has none', 'GET', '/users/versions', 404, 'request.not-found', undefined],
    [
      'a version of what has none',
      'POST',
      `/payments/versions/${NOWHERE}`,
      404,
      'request.not-found',
      undefined,
      {},
    ],
    [
      'a mail of confirmation',
      'POST',
      '/users/verify/abc',
      404,
      'request.not-found',
      undefined,
      {},
    ],
    [
      'two slashes in a row',
      'POST',
      '/network-transactions//assign',
      404,
      'request.not-found',
      undefined,
      {},
    ],
    [
      'a preference that is not there',
      'DELETE',
      '/payload-preferences/none',
      404,
      'request.not-found',
      undefined,
    ],
    [
      'a text that is no date',
      'GET',
      '/payments?where[createdAt][contains]=x',
      400,
      'request.invalid-query',
      'createdAt',
    ],
    [
      '30 February',
      'GET',
      '/payments?where[createdAt][equals]=2026-02-30',
      400,
      'request.malformed-value',
      'createdAt',
    ],
    [
      'an id that is none',
      'GET',
      '/wallets?where[owner][equals]=bogus',
      400,
      'request.malformed-value',
      'owner',
    ],
    [
      'a list that is none',
      'GET',
      `/payments${inJson({ id: { in: null } })}`,
      400,
      'request.malformed-value',
      'id',
    ],
    [
      '"null" for a list',
      'GET',
      '/wallet-transactions?where[payment.id][not_in]=null',
      400,
      'request.malformed-value',
      'payment.id',
    ],
    [
      'an object for a value',
      'GET',
      `/payments${inJson({ createdAt: { equals: { toString: null } } })}`,
      400,
      'request.malformed-value',
      'createdAt',
    ],
    [
      'a condition that is null',
      'GET',
      `/payments${inJson({ id: null })}`,
      400,
      'request.invalid-query',
      'id',
    ],
    [
      'a text for a list of filters',
      'GET',
      '/payments?where[and]=x',
      400,
      'request.invalid-query',
      'and',
    ],
    ['a list for a filter', 'GET', '/payments?where[]=x', 400, 'request.invalid-query', 'where'],
    [
      'NUL in a filter',
      'GET',
      '/payments?where[reference][like]=a%00',
      400,
      'request.malformed-value',
      'reference',
    ],
    [
      'a quote in a path of JSON',
      'GET',
      "/audit-logs?where[before.a'b][equals]=1",
      400,
      'request.invalid-query',
      "before.a'b",
    ],
    [
      'an order of JSON',
      'GET',
      '/audit-logs?where[before.a][less_than]=1',
      400,
      'request.invalid-query',
      'before.a',
    ],
    ['an unknown sort', 'GET', '/payments?sort=-nope', 400, 'request.invalid-query', 'sort'],
    ['an object for a sort', 'GET', '/payments?sort[a]=b', 400, 'request.invalid-query', 'sort'],
    [
      'a depth that is a text',
      'GET',
      '/payments?depth=deep',
      400,
      'request.invalid-query',
      'depth',
    ],
    ['a text for `select`', 'GET', '/payments?select=id', 400, 'request.invalid-query', 'select'],
    [
      'a document in a read',
      'GET',
      `/merchants/${NOWHERE}?data=0`,
      400,
      'request.invalid-query',
      'data',
    ],
    [
      'a document in the read of a global',
      'GET',
      '/globals/cashback-config?data=0',
      400,
      'request.invalid-query',
      'data',
    ],
    [
      'a version by an unknown field',
      'GET',
      '/globals/cashback-config/versions?where[nope][equals]=1',
      400,
      'request.invalid-query',
      'nope',
    ],
    [
      'a change of all rows by a filter that is none',
      'PATCH',
      '/merchants?where[and]=',
      400,
      'request.invalid-query',
      'and',
      {},
    ],
    ['a change without a filter', 'PATCH', '/merchants', 400, 'request.invalid-query', 'where', {}],
    [
      'a text for a list',
      'POST',
      '/merchants',
      400,
      'request.invalid',
      'deepLinkHosts',
      { ...MERCHANT, deepLinkHosts: 'x' },
    ],
  ])('%s', async (_case, method, path, status, code, field, body) => {
    const answer = await product.rest<Refusal>(method, `/api${path}`, {
      authorization: admin,
      body,
    })
    expect({ status: answer.status, error: answer.body.errors?.[0] }).toMatchObject({
      status,
      error: { code, ...(field === undefined ? {} : { field }) },
    })
    expect(Object.keys(answer.body).sort()).toEqual(['errors', 'requestId'])
  })
})

it.each([
  'multipart/form-data',
  'multipart/form-data; boundary=',
  'multipart/form-data; boundary=x',
])('a form that does not parse is refused: %s', async (type) => {
  const headers = { 'Content-Type': type }
  const answer = await product.rest('PATCH', `/api/merchants/${NOWHERE}`, {
    authorization: admin,
    headers,
    body: '--x\r\nno form',
  })
  expect(answer).toMatchObject({
    status: 400,
    body: { errors: [{ code: 'request.malformed-body' }] },
  })
})

it('a date of its making in a global is dropped', async () => {
  const answer = await product.rest('POST', '/api/globals/messaging-config', {
    authorization: admin,
    body: { createdAt: 9_007_199_254_740_992, updatedAt: 'x' },
  })
  expect(answer.status).toBe(200)
})

it('a bulk change that fails in part is refused as a whole, in the form of every error', async () => {
  const { id } = await createMerchant(product.payload)
  const answer = await product.rest<Refusal>('PATCH', `/api/merchants?where[id][equals]=${id}`, {
    authorization: admin,
    body: { rateBps: 'x' },
  })
  expect([answer.status, answer.body.errors?.[0]?.code]).toEqual([409, 'bulk.rolled-back'])
})

it.each([
  ['{ Payments(limit: 2147483648) { totalDocs } }', 'request.invalid', undefined],
  ['{ Payments(', 'request.invalid', undefined],
  ['{ Payments(sort: "nope") { totalDocs } }', 'request.invalid-query', 'sort'],
  [
    '{ Payments(where: { createdAt: { like: "2026-01-01T00:00:00Z" } }) { totalDocs } }',
    'request.malformed-value',
    'createdAt',
  ],
  [
    '{ versionsCashbackConfig(where: { version__updatedAt: { like: "2026-01-01T00:00:00Z" } }) { totalDocs } }',
    'request.malformed-value',
    'version__updatedAt',
  ],
  ['{ versionsCashbackConfig(limit: -1) { totalDocs } }', 'request.invalid-query', 'limit'],
  ['mutation { verifyEmailUser(token: "x") }', 'request.not-found', undefined],
])('GraphQL is refused with a code and the id of the request: %s', async (query, code, field) => {
  const { body } = await product.graphql(query, admin)
  const requestId = expect.any(String) as string
  expect(body.errors?.[0]?.extensions).toMatchObject({
    code,
    requestId,
    ...(field ? { field } : {}),
  })
})

it('GraphQL answers who may change a global', async () => {
  const { body } = await product.graphql('{ docAccessFinanceConfig { __typename } }', admin)
  expect(body.errors).toBeUndefined()
})
