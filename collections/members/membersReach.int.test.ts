import type { User } from '../../src/payload-types.ts'
import {
  createMachine,
  createPayment,
  createReferral,
  signIn,
} from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

let product: Product
let member: User
let token: string
let other: User

beforeAll(async () => {
  product = await startProduct()
  const { affiliate, buyer } = await createReferral(product.payload)
  member = affiliate
  other = buyer
  token = await signIn(product.payload, member)
  await createPayment(product.payload, { user: other.id, status: 'completed' })
})
afterAll(() => product.close())

const rowOf = async (id: string) => {
  const [row] = await product.sql<Record<string, unknown>>(
    `select role, referred_by_id, referred_at, invite_code, name from users where id = '${id}'`,
  )
  return row
}

const FORBIDDEN = [
  ['role', 'admin'],
  ['referredBy', () => other.id],
  ['referredAt', '2020-01-01T00:00:00.000Z'],
  ['inviteCode', 'FREECODE22'],
  ['balanceMinor', 1_000_000],
  ['loginAttempts', -100],
  ['salt', 'mine'],
  ['hash', 'mine'],
] as const
const valueOf = (value: unknown): unknown =>
  typeof value === 'function' ? (value as () => unknown)() : value

describe('a member, over REST,', () => {
  it.each(FORBIDDEN)('cannot set their own %s', async (field, value) => {
    const before = await rowOf(member.id)
    await product.rest('PATCH', `/api/users/${member.id}`, {
      authorization: token,
      body: { [field]: valueOf(value) },
    })
    expect(await rowOf(member.id)).toEqual(before)
  })

  it.each(FORBIDDEN)('cannot register with a %s of their choice', async (field, value) => {
    const email = `${field}@register.test`
    const { status } = await product.rest('POST', '/api/users', {
      body: { email, password: 'long-enough-1', [field]: valueOf(value) },
    })
    expect(status).toBe(201)
    const [row] = await product.sql<Record<string, unknown>>(
      `select role::text, referred_by_id, referred_at, invite_code, login_attempts, hash
       from users where email = lower('${email}')`,
    )
    expect(row).toMatchObject({ role: 'member', referred_by_id: null, referred_at: null })
    expect(row).not.toMatchObject({ invite_code: 'FREECODE22' })
    expect(row).not.toMatchObject({ hash: 'mine' })
    expect(Number(row?.login_attempts)).toBe(0)
  })

  it('can change their name, phone and switch', async () => {
    const { status, body } = await product.rest<{ doc: User }>('PATCH', `/api/users/${member.id}`, {
      authorization: token,
      body: { name: 'Asha', phone: '098765 43210', affiliateActive: true },
    })
    expect(status).toBe(200)
    expect(body.doc).toMatchObject({ name: 'Asha', phone: '+919876543210', affiliateActive: true })
  })

  it.each([
    ['change another member', 'PATCH', () => `/api/users/${other.id}`],
    ['change all members', 'PATCH', () => '/api/users?where[id][exists]=true'],
    ['delete another member', 'DELETE', () => `/api/users/${other.id}`],
    ['delete themselves', 'DELETE', () => `/api/users/${member.id}`],
    ['post a payment', 'POST', () => '/api/payments'],
    ['read the programme', 'GET', () => '/api/globals/affiliation-config'],
    ['change the programme', 'POST', () => '/api/globals/affiliation-config'],
    ['read machines', 'GET', () => '/api/service-accounts'],
    ['make a machine', 'POST', () => '/api/service-accounts'],
    ['unlock an account', 'POST', () => '/api/users/unlock'],
    ['run jobs', 'GET', () => '/api/payload-jobs/run'],
  ])('cannot %s', async (_name, method, path) => {
    const before = [await rowOf(member.id), await rowOf(other.id)]
    const { status } = await product.rest(method, path(), {
      authorization: token,
      ...(method === 'GET' ? {} : { body: { name: 'mine', email: other.email } }),
    })
    expect([401, 403, 404, 500]).toContain(status)
    expect([await rowOf(member.id), await rowOf(other.id)]).toEqual(before)
  })

  it.each([
    ['users', 1],
    ['payments', 0],
    ['wallets', 1],
    ['wallet-transactions', 1],
    ['commissions', 1],
  ])('sees of %s only their own', async (slug, own) => {
    const { body } = await product.rest<{ totalDocs: number }>('GET', `/api/${slug}`, {
      authorization: token,
    })
    expect(body.totalDocs).toBe(own)
  })
})

describe('a member, over GraphQL,', () => {
  it.each([
    [
      'their own role',
      () => `mutation { updateUser(id: "${member.id}", data: { role: admin }) { id } }`,
    ],
    [
      'their own code',
      () => `mutation { updateUser(id: "${member.id}", data: { inviteCode: "X" }) { id } }`,
    ],
    [
      'their own referrer',
      () =>
        `mutation { updateUser(id: "${member.id}", data: { referredBy: "${other.id}" }) { id } }`,
    ],
    [
      'another’s name',
      () => `mutation { updateUser(id: "${other.id}", data: { name: "mine" }) { id } }`,
    ],
    [
      'another’s payment',
      () =>
        `mutation { createPayment(data: { reference: "x", user: "${member.id}", amountMinor: 1, currency: "INR", status: completed }) { id } }`,
    ],
  ])('cannot set %s', async (_name, mutation) => {
    const before = [await rowOf(member.id), await rowOf(other.id)]
    await product.graphql(mutation(), token)
    expect([await rowOf(member.id), await rowOf(other.id)]).toEqual(before)
    expect(await product.sql(`select 1 from payments where reference = 'x'`)).toEqual([])
  })

  it('cannot register with a role', async () => {
    await product.graphql(
      'mutation { createUser(data: { email: "gq@register.test", password: "long-enough-1", role: admin }) { id } }',
    )
    const rows = await product.sql(
      `select 1 from users where email = 'gq@register.test' and role = 'admin'`,
    )
    expect(rows).toEqual([])
  })
})

describe('registration and authentication', () => {
  it('the first user cannot be registered over the API', async () => {
    const { status } = await product.rest('POST', '/api/users/first-register', {
      body: { email: 'first@register.test', password: 'long-enough-1' },
    })
    expect(status).toBe(403)
  })

  it('a machine posts payments with its scope, and only with it', async () => {
    const { payload } = product
    const post = async (authorization: string, reference: string) => {
      const body = { reference, user: other.id, amountMinor: 100, currency: 'INR' }
      return (await product.rest('POST', '/api/payments', { authorization, body })).status
    }
    expect(await post(await createMachine(payload, ['payments:write']), 'one')).toBe(201)
    expect(await post(await createMachine(payload, ['members:read']), 'two')).toBe(403)
  })

  it('an anonymous request reads nothing', async () => {
    for (const slug of ['users', 'payments', 'wallets', 'wallet-transactions', 'commissions']) {
      expect((await product.rest('GET', `/api/${slug}`)).status).toBe(403)
    }
  })
})
