import { createUser, signIn } from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

const LISTED = 'http://localhost:3000'
const UNLISTED = 'https://evil.example'

let product: Product
let cookie: string
let name: string | null | undefined

beforeAll(async () => {
  product = await startProduct()
  const user = await createUser(product.payload, { name: 'Asha' })
  name = user.name
  cookie = `payload-token=${(await signIn(product.payload, user)).replace('JWT ', '')}`
})
afterAll(() => product.close())

type Me = { user: { name: string } | null }
const me = async (headers: Record<string, string>) => {
  const answer = await product.rest<Me>('GET', '/api/users/me', {
    headers: { Cookie: cookie, ...headers },
  })
  return {
    name: answer.body.user?.name ?? null,
    allowed: answer.headers.get('Access-Control-Allow-Origin'),
  }
}

describe('a page of a listed origin', () => {
  it('may read answers, and acts as the member of its cookie', async () => {
    expect(await me({ Origin: LISTED })).toEqual({ name, allowed: LISTED })
  })

  it('may send our own headers', async () => {
    const { headers, status } = await product.rest('OPTIONS', '/api/payments', {
      headers: { Origin: LISTED, 'Access-Control-Request-Headers': 'Idempotency-Key' },
    })
    expect(status).toBe(200)
    expect(headers.get('Access-Control-Allow-Origin')).toBe(LISTED)
    expect(headers.get('Access-Control-Allow-Credentials')).toBe('true')
    expect(headers.get('Access-Control-Allow-Headers')).toContain('Idempotency-Key')
  })
})

describe('a page of any other origin', () => {
  it.each([
    UNLISTED,
    'null',
    `${LISTED}.evil.example`,
    'http://localhost:3001',
    'HTTP://LOCALHOST:3000',
  ])('may not read answers, and its cookie is ignored (%s)', async (origin) => {
    expect(await me({ Origin: origin })).toEqual({ name: null, allowed: null })
  })

  it.each(['cross-site', ''])(
    'is not signed in by its cookie without an Origin header (Sec-Fetch-Site: %j)',
    async (site) => {
      expect(await me(site ? { 'Sec-Fetch-Site': site } : {})).toMatchObject({ name: null })
    },
  )

  it('cannot act as the member over REST or GraphQL', async () => {
    const headers = { Cookie: cookie, Origin: UNLISTED }
    const toggle = await product.rest('POST', '/api/billing/affiliate/toggle', {
      headers,
      body: { active: true },
    })
    expect(toggle.status).toBe(401)
    expect(toggle.headers.get('Access-Control-Allow-Origin')).toBeNull()

    const graphql = await product.graphql('{ meUser { user { id } } }', undefined, headers)
    expect(graphql.body.data).toMatchObject({ meUser: { user: null } })
    expect(graphql.headers.get('Access-Control-Allow-Origin')).toBeNull()
    expect(
      await product.sql(`select 1 from users where name = '${name ?? ''}' and affiliate_active`),
    ).toEqual([])
  })

  it('gets a refusal that it may not read', async () => {
    const { headers, status } = await product.rest('POST', '/api/payments', {
      headers: { Origin: UNLISTED },
      body: {},
    })
    expect([status, headers.get('Access-Control-Allow-Origin')]).toEqual([403, null])
  })
})
