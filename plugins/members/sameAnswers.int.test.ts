import crypto, { randomUUID } from 'node:crypto'

import { provideEnv } from '../../src/config/env.ts'
import { createUser, PASSWORD } from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

const ROUNDS = 25
/** Enough for the times of two ways to differ by more than chance, and not the 0.2 s of a real hash. */
const HASH_ROUNDS = 30_000

let product: Product
let restore: () => void
beforeAll(async () => {
  product = await startProduct()
  const cheap = crypto.pbkdf2
  crypto.pbkdf2 = (password, salt, _rounds, bytes, digest, done) => {
    crypto.pbkdf2Sync(password, salt, HASH_ROUNDS, bytes, digest)
    cheap(password, salt, 1, bytes, digest, done)
  }
  restore = () => {
    crypto.pbkdf2 = cheap
  }
})
afterAll(async () => {
  restore()
  await product.close()
})

type Seen = { status: number; body: unknown; ms: number }
type Send = (email: string) => Promise<{ status: number; body: unknown; headers: Headers }>

let last = 0
const nextAddress = () => ({ 'X-Tributary-Client-Ip': `198.18.${(last += 1) >> 8}.${last & 255}` })
const rest = (path: string, body: object) =>
  product.rest('POST', path, { headers: nextAddress(), body })
const graphql = (mutation: string) => product.graphql(mutation, undefined, nextAddress())

const WAYS: [string, Send][] = [
  ['a sign-in', (email) => rest('/api/users/login', { email, password: 'a-wrong-guess' })],
  [
    'a sign-in over GraphQL',
    (email) =>
      graphql(`mutation { loginUser(email: "${email}", password: "a-wrong-guess") { token } }`),
  ],
  ['a request for a new password', (email) => rest('/api/users/forgot-password', { email })],
  [
    'a request for a new password over GraphQL',
    (email) => graphql(`mutation { forgotPasswordUser(email: "${email}") }`),
  ],
  ['a registration', (email) => rest('/api/users', { email, password: 'a-long-password' })],
  [
    'a registration over GraphQL',
    (email) =>
      graphql(`mutation { createUser(data: { email: "${email}", password: "a-long-password" }) {
        id email name role inviteCode emailVerifiedAt createdAt } }`),
  ],
]

/** Replaces what differs between any two answers: ids, codes, times and the address itself. */
const toShape = (body: unknown, email: string): unknown =>
  JSON.parse(
    JSON.stringify(body)
      .replaceAll(email, 'ADDRESS')
      .replaceAll(email.split('@')[0] ?? '', 'NAME')
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
      .replaceAll(/"inviteCode":"[A-Z0-9]+"/g, '"inviteCode":"CODE"')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME'),
  )

const measure = async (send: Send, email: string): Promise<Seen> => {
  const begun = performance.now()
  const { body, status } = await send(email)
  return { status, body: toShape(body, email), ms: performance.now() - begun }
}

const median = (times: number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0

describe.each(WAYS)('%s for a known and an unknown address', (_name, send) => {
  it(`has the same answer and overlapping times in ${ROUNDS} rounds`, async () => {
    const known: Seen[] = []
    const unknown: Seen[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      const { email } = await createUser(product.payload)
      known.push(await measure(send, email))
      unknown.push(await measure(send, `${randomUUID()}@example.test`))
    }
    for (const seen of [...known, ...unknown]) {
      expect([seen.status, seen.body]).toEqual([known[0]?.status, known[0]?.body])
    }
    const [one, other] = [known, unknown].map((all) => all.map(({ ms }) => ms))
    if (!one || !other) throw new Error('two lists')
    expect(Math.min(...one)).toBeLessThan(Math.max(...other))
    expect(Math.min(...other)).toBeLessThan(Math.max(...one))
    // The middle of each lies within the range of the other: neither is slower as a rule.
    expect(median(one)).toBeGreaterThan(Math.min(...other) * 0.9)
    expect(median(one)).toBeLessThan(Math.max(...other) * 1.1)
    expect(median(other)).toBeGreaterThan(Math.min(...one) * 0.9)
    expect(median(other)).toBeLessThan(Math.max(...one) * 1.1)
  })
})

describe('a registration with a known address', () => {
  const register = (body: object) => rest('/api/users', { password: 'a-long-password', ...body })

  it('changes nothing, and its owner gets one message a day', async () => {
    const { email, id } = await createUser(product.payload, { name: 'Asha Rao' })
    const row = () => product.sql(`select * from users where email = '${email}'`)
    const before = await row()
    const count = () => product.sql<{ n: string }>('select count(*) as n from users')
    const people = await count()
    for (const typed of [email, ` ${email.toUpperCase()} `]) {
      const { body, status } = await register({ email: typed, name: 'Someone Else' })
      expect([status, body.doc]).toMatchObject([201, { email, name: 'Someone Else' }])
      expect((body.doc as { id: string }).id).not.toBe(id)
    }
    expect([await row(), await count()]).toEqual([before, people])
    const messages = await product.sql<{ template: string }>(
      `select template from notifications where "to" = '${email}' and template <> 'welcome'`,
    )
    expect(messages).toEqual([{ template: 'already-registered' }])
    expect(await product.sql(`select 1 from users where email like '%.invalid'`)).toEqual([])
    expect(await product.sql(`select 1 from member_contacts where value like '%.invalid'`)).toEqual(
      [],
    )
  })

  it.each([
    ['a short password', { password: 'short' }],
    ['an unknown invite code', { referralCode: 'NOSUCHCODE' }],
    ['an invalid number', { phone: '12' }],
    ['a name that is too long', { name: 'x'.repeat(200) }],
  ])('is refused for %s like any other', async (_name, body) => {
    const { email } = await createUser(product.payload)
    const [known, unknown] = [
      await register({ email, ...body }),
      await register({ email: `${randomUUID()}@example.test`, ...body }),
    ]
    expect(known.status).toBe(400)
    expect(toShape(known.body, email)).toEqual(toShape(unknown.body, email))
  })

  it('tells an admin that the address is taken', async () => {
    const admin = await createUser(product.payload, { role: 'admin' })
    const { token } = await product.payload.login({
      collection: 'users',
      data: { email: admin.email, password: PASSWORD },
    })
    const { body, status } = await product.rest('POST', '/api/users', {
      authorization: `JWT ${token ?? ''}`,
      body: { email: admin.email, password: 'a-long-password' },
    })
    expect([status, (body.errors as { field: string }[])[0]?.field]).toEqual([400, 'email'])
  })
})

describe('a request for a new password of an unknown address', () => {
  it('leaves no account and no message', async () => {
    const email = `${randomUUID()}@example.test`
    expect((await rest('/api/users/forgot-password', { email })).status).toBe(200)
    expect(await product.sql(`select 1 from users where email = '${email}'`)).toEqual([])
    expect(await product.sql(`select 1 from notifications where "to" = '${email}'`)).toEqual([])
  })

  it('does not disturb a registration with it at the same time', async () => {
    const email = `${randomUUID()}@example.test`
    const [registered, asked] = await Promise.all([
      rest('/api/users', { email, password: 'a-long-password' }),
      rest('/api/users/forgot-password', { email }),
    ])
    expect([registered.status, asked.status]).toEqual([201, 200])
    expect(await product.sql(`select 1 from users where email = '${email}'`)).toHaveLength(1)
  })
})

describe('with REVEAL_ACCOUNTS=on', () => {
  it('a registration with a known address is answered by 409', async () => {
    await product.close()
    provideEnv({ REVEAL_ACCOUNTS: 'on' })
    vi.resetModules()
    product = await startProduct()
    provideEnv({ REVEAL_ACCOUNTS: 'off' })
    const { email } = await createUser(product.payload)
    const { body, status } = await rest('/api/users', { email, password: 'a-long-password' })
    expect([status, body.errors]).toMatchObject([
      409,
      [{ code: 'user.email-taken', field: 'email' }],
    ])
  })
})
