import { once } from 'node:events'
import http, { type IncomingHttpHeaders } from 'node:http'
import { buffer } from 'node:stream/consumers'

import { Router } from 'express'

import {
  createMachine,
  createPayment,
  createUser,
  PASSWORD,
  signIn,
} from '../../../test/support/factories.ts'
import { startEdge } from '../../../test/support/startEdge.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import type { User } from '../../payload-types.ts'
import { forbidFraming } from '../edge/forbidFraming.ts'
import { requestId } from '../edge/requestId.ts'
import { apiRoutes } from './apiRoutes.ts'

const OURS = 'http://localhost:3000'
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')

let product: Product
let edge: Awaited<ReturnType<typeof startEdge>>
let member: User
let authorization: string
let machine: string
let paymentId: string

beforeAll(async () => {
  product = await startProduct()
  const { payload } = product
  const { default: config } = await import('../../../payload.config.ts')
  const routes = apiRoutes({ payload, config, hasPlayground: false })
  edge = await startEdge(forbidFraming, requestId, Router().use('/api', routes))
  member = await createUser(payload)
  authorization = await signIn(payload, member)
  machine = await createMachine(payload, ['payments:write'])
  paymentId = (await createPayment(payload, { user: member.id })).id
})
afterAll(async () => {
  await edge.close()
  await product.close()
})

const UUID = /^[0-9a-f-]{36}$/

type Sent = { headers?: Record<string, string>; body?: string | Buffer }
type Answer = {
  status: number
  headers: IncomingHttpHeaders
  bytes: Buffer
  text: string
  body: unknown
}

/** Over a socket and not by fetch, which cannot send TRACE or addresses that are malformed. */
const send = async (method: string, path: string, { body, headers = {} }: Sent = {}) => {
  const { hostname, port } = new URL(edge.url)
  const request = http.request({ hostname, port, method, path, headers })
  request.end(body)
  const [response] = (await once(request, 'response')) as [http.IncomingMessage]
  const bytes = await buffer(response)
  const text = bytes.toString()
  const isJson = response.headers['content-type']?.includes('json') === true && text !== ''
  const answer: Answer = {
    status: response.statusCode ?? 0,
    headers: response.headers,
    bytes,
    text,
    body: isJson ? JSON.parse(text) : null,
  }
  return answer
}
const asMember = (headers: Record<string, string> = {}) => ({
  headers: { Authorization: authorization, ...headers },
})
const asJson = (body: unknown, headers: Record<string, string> = {}): Sent => ({
  headers: { 'Content-Type': 'application/json', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
})
const refusal = (code: string) => ({ errors: [expect.objectContaining({ code })] })

describe('REST', () => {
  it.each([
    ['a list', 'GET', '/api/payments', () => asMember(), 200, { totalDocs: 1 }],
    ['a list with a trailing slash', 'GET', '/api/payments/', () => asMember(), 200, { limit: 10 }],
    ['a list for a stranger', 'GET', '/api/payments', () => ({}), 403, refusal('auth.forbidden')],
    ['an unknown route', 'GET', '/api/nothing', () => ({}), 404, refusal('request.not-found')],
    ['the API itself', 'GET', '/api', () => ({}), 404, refusal('request.not-found')],
    [
      'a body that is not JSON',
      'POST',
      '/api/users/login',
      () => asJson('{"a":'),
      400,
      refusal('request.malformed-body'),
    ],
    [
      'a wrong password',
      'POST',
      '/api/users/login',
      () => asJson({ email: member.email, password: 'no' }),
      401,
      refusal('auth.failed'),
    ],
    [
      'an address that is malformed',
      'GET',
      '/api/payments/%E0%A4%A',
      () => asMember(),
      400,
      refusal('request.invalid'),
    ],
    ['a way out of the API', 'GET', '/api/..', () => asMember(), 400, refusal('request.invalid')],
    [
      'a query in the body of a POST',
      'POST',
      '/api/payments',
      () => ({
        headers: {
          ...asMember().headers,
          'Content-Type': 'application/x-www-form-urlencoded',
          'X-Payload-HTTP-Method-Override': 'GET',
        },
        body: 'limit=3',
      }),
      200,
      { limit: 3 },
    ],
  ])('answers %s', async (_case, method, path, sent, status, body) => {
    expect(await send(method, path, sent())).toMatchObject({ status, body })
  })

  it('creates a document, and returns the id of the request', async () => {
    const sent = asJson(
      { reference: 'API-1', user: member.id, amountMinor: 5, currency: 'INR' },
      { Authorization: machine, 'X-Request-Id': 'proxy-12345' },
    )
    const { body, headers, status } = await send('POST', '/api/payments', sent)
    expect({ body, status }).toMatchObject({ status: 201, body: { doc: { reference: 'API-1' } } })
    expect(headers['x-request-id']).toMatch(UUID)
    const again = await send('POST', '/api/payments', sent)
    const { requestId: quoted } = again.body as { requestId: string }
    expect([again.status, quoted]).toEqual([409, again.headers['x-request-id']])
    expect(quoted).not.toBe(headers['x-request-id'])
  })

  it('sends the policy of a member’s file as set, and not that of pages', async () => {
    const file = { headers: asMember().headers, body: PNG }
    const made = await send('POST', '/api/claim-files?name=a.png', {
      ...file,
      headers: { ...file.headers, 'Content-Type': 'image/png' },
    })
    const { id } = (made.body as { file: { id: string } }).file
    const { headers } = await send('GET', `/api/claim-files/${id}/content`, asMember())
    expect(headers['content-security-policy']).toBe("default-src 'none'; sandbox")
  })

  it.each(['payload-migrations', 'payload-migrations/1', 'nowhere'])(
    'answers the path of no route in the form of every error: %s',
    async (path) => {
      for (const method of ['GET', 'POST', 'PATCH', 'DELETE']) {
        expect(await send(method, `/api/${path}`, asMember())).toMatchObject({
          status: 404,
          body: {
            errors: [{ code: 'request.not-found' }],
            requestId: expect.any(String) as string,
          },
        })
      }
    },
  )

  it.each([
    ['a query in malformed JSON', 'application/json', '{'],
    ['a query in JSON', 'application/json', '{"limit": 3}'],
    ['a query in a body without a type', 'text/plain', 'limit=3'],
  ])('refuses %s that overrides its method', async (_case, type, body) => {
    for (const name of ['X-Payload-HTTP-Method-Override', 'X-HTTP-Method-Override']) {
      const headers = { ...asMember().headers, 'Content-Type': type, [name]: 'GET' }
      expect(await send('POST', '/api/payments', { headers, body })).toMatchObject({
        status: 400,
        body: { errors: [{ code: 'request.malformed-body' }] },
      })
    }
  })

  it.each([
    ['deep variables', `${'{"AND":['.repeat(20_000)}{}${']}'.repeat(20_000)}`],
    ['a long list', `{"id":{"in":[1${',1'.repeat(5_000)}]}}`],
  ])('refuses GraphQL with %s', async (_case, where) => {
    const query = 'query ($where: Payment_where) { Payments(where: $where) { totalDocs } }'
    const body = `{"query":"${query}","variables":{"where":${where}}}`
    const sent = asJson(body, asMember().headers)
    expect(await send('POST', '/api/graphql', sent)).toMatchObject({
      status: 400,
      body: { errors: [{ extensions: { code: 'request.value-too-large' } }] },
    })
  })

  it('answers HEAD with the headers of the GET and no body', async () => {
    const path = `/api/payments/${paymentId}`
    const [head, get] = [await send('HEAD', path, asMember()), await send('GET', path, asMember())]
    expect(head).toMatchObject({ status: 200, text: '' })
    expect(head.headers['content-type']).toBe(get.headers['content-type'])
  })

  it.each(['TRACE', 'PROPFIND'])('refuses the method %s', async (method) => {
    const { headers, status } = await send(method, '/api/payments', asMember())
    expect({ allow: headers.allow, status }).toEqual({
      status: 405,
      allow: 'DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT',
    })
  })

  it('sets a cookie at sign-in, and accepts it from our own pages only', async () => {
    const { headers } = await send(
      'POST',
      '/api/users/login',
      asJson({ email: member.email, password: PASSWORD }),
    )
    expect(headers['set-cookie']).toEqual([expect.stringMatching(/^payload-token=.*HttpOnly/)])
    const cookie = headers['set-cookie']?.[0]?.split(';')[0] ?? ''
    const me = (more: Record<string, string>) =>
      send('GET', '/api/users/me', { headers: { Cookie: `other=1; ${cookie}`, ...more } })
    expect((await me({ Origin: OURS })).body).toMatchObject({ user: { id: member.id } })
    expect((await me({ Origin: 'http://elsewhere.test' })).body).toMatchObject({ user: null })
  })

  it.each([
    ['our origin', OURS, OURS],
    ['another origin', 'http://elsewhere.test', undefined],
  ])('answers a preflight of %s', async (_case, origin, allowed) => {
    const { headers, status } = await send('OPTIONS', '/api/payments', {
      headers: { Origin: origin, 'Access-Control-Request-Method': 'POST' },
    })
    expect(status).toBe(200)
    expect(headers['access-control-allow-origin']).toBe(allowed)
    expect(headers['access-control-allow-methods']).toContain('PATCH')
    expect(headers['access-control-allow-headers']).toContain('Idempotency-Key')
  })
})

describe('files', () => {
  it('takes an upload as a stream, and streams it back as it came', async () => {
    const stored = await send('POST', '/api/claim-files?name=bill.png', {
      headers: {
        ...asMember().headers,
        'Content-Type': 'image/png',
        'Transfer-Encoding': 'chunked',
      },
      body: PNG,
    })
    expect(stored).toMatchObject({ status: 201, body: { file: { bytes: PNG.length } } })
    const { id } = (stored.body as { file: { id: string } }).file
    const { bytes, headers } = await send('GET', `/api/claim-files/${id}/content`, asMember())
    expect(bytes).toEqual(PNG)
    expect(headers).toMatchObject({
      'content-disposition': expect.stringContaining('bill.png'),
      'content-security-policy': "default-src 'none'; sandbox",
      'content-type': 'image/png',
    })
  })

  it('streams a statement as CSV', async () => {
    const path = '/api/billing/wallet/statement?format=csv'
    const { headers, status, text } = await send('GET', path, asMember())
    expect(status).toBe(200)
    expect(headers['content-type']).toMatch(/^text\/csv/)
    expect(text).toMatch(/^\uFEFF?Version,/)
  })
})

describe('GraphQL', () => {
  const query = (text: string, headers: Record<string, string> = asMember().headers) =>
    send('POST', '/api/graphql', asJson({ query: text }, headers))

  it.each([
    [
      'a query',
      '{ Payments(limit: 1) { docs { reference } limit } }',
      { data: { Payments: { limit: 1 } } },
    ],
    [
      'a query that does not parse',
      '{ Payments(',
      { errors: [{ message: expect.stringContaining('Syntax Error') }] },
    ],
    [
      'a query that is too deep',
      `{ Payments { docs { user ${'{ referredBy '.repeat(8)} { id } ${'}'.repeat(8)} } } }`,
      { errors: [{ extensions: { code: 'request.query-too-deep' } }] },
    ],
    [
      'a mutation that is refused',
      'mutation { loginUser(email: "x@example.test", password: "no") { token } }',
      { errors: [{ extensions: { code: 'auth.failed', requestId: expect.any(String) } }] },
    ],
  ])('answers %s', async (_case, text, body) => {
    const answer = await query(text)
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.text)).toMatchObject(body)
  })

  it('signs in, and sets the cookie', async () => {
    const mutation = `mutation { loginUser(email: "${member.email}", password: "${PASSWORD}") { token } }`
    const { headers } = await query(mutation, {})
    expect(headers['set-cookie']).toEqual([expect.stringMatching(/^payload-token=/)])
  })

  it.each([
    ['a body that is not JSON', 'POST', asJson('{'), 400],
    [
      'another type of content',
      'POST',
      { headers: { 'Content-Type': 'text/plain' }, body: '{"query":"{ x }"}' },
      415,
    ],
    ['a query in the address', 'GET', {}, 405],
  ])('refuses %s', async (_case, method, sent, status) => {
    expect((await send(method, '/api/graphql?query={x}', sent)).status).toBe(status)
  })
})
