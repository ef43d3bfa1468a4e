import type { User } from '../../src/payload-types.ts'
import { createUser, PASSWORD, signIn } from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

let product: Product
let admin: string
beforeAll(async () => {
  product = await startProduct()
  admin = await signIn(product.payload, await createUser(product.payload, { role: 'admin' }))
})
afterAll(() => product.close())

const logIn = (email: string, password = PASSWORD) =>
  product.rest('POST', '/api/users/login', { body: { email, password } })
const change = (id: string, body: object, authorization = admin) =>
  product.rest('PATCH', `/api/users/${id}`, { authorization, body })
const roleNow = async ({ id }: User) => {
  const [row] = await product.sql<{ role: string }>(
    `select role::text from users where id = '${id}'`,
  )
  return row?.role
}
const asToken = async (user: User) => signIn(product.payload, user)

/** Each round changes the row while a sign-in hashes the password, which takes a while. */
const ROUNDS = [1, 2, 3]

describe('a role that is taken away is not restored', () => {
  it.each(ROUNDS)('when the person signs in at that moment (%i)', async () => {
    const person = await createUser(product.payload, { role: 'finance' })
    const [{ status }] = await Promise.all([
      logIn(person.email),
      change(person.id, { role: 'member' }),
    ])
    expect(status).toBe(200)
    expect(await roleNow(person)).toBe('member')
  })

  it.each(ROUNDS)('when the person refreshes a token at that moment (%i)', async () => {
    const person = await createUser(product.payload, { role: 'finance' })
    const authorization = await asToken(person)
    const refresh = () => product.rest('POST', '/api/users/refresh-token', { authorization })
    await Promise.all([refresh(), change(person.id, { role: 'member' }), refresh(), refresh()])
    expect(await roleNow(person)).toBe('member')
  })

  it.each(ROUNDS)('when the person resets a password at that moment (%i)', async () => {
    const { payload } = product
    const person = await createUser(payload, { role: 'finance' })
    const token = await payload.forgotPassword({
      collection: 'users',
      data: { email: person.email },
      disableEmail: true,
    })
    const body = { token, password: 'another-long-one' }
    const [{ status }] = await Promise.all([
      product.rest('POST', '/api/users/reset-password', { body }),
      change(person.id, { role: 'member' }),
    ])
    expect(status).toBe(200)
    expect(await roleNow(person)).toBe('member')
    expect((await logIn(person.email, 'another-long-one')).status).toBe(200)
  })
})

it('a password that is changed during a sign-in with the old one is not restored', async () => {
  const person = await createUser(product.payload)
  await Promise.all([logIn(person.email), change(person.id, { password: 'another-long-one' })])
  expect((await logIn(person.email)).status).toBe(401)
  expect((await logIn(person.email, 'another-long-one')).status).toBe(200)
})

it('signing out ends the session, and only that', async () => {
  const person = await createUser(product.payload)
  const [one, other] = [await asToken(person), await asToken(person)]
  await product.rest('POST', '/api/users/logout', { authorization: one })
  const me = async (authorization: string) => {
    const { body } = await product.rest<{ user: unknown }>('GET', '/api/users/me', {
      authorization,
    })
    return body.user
  }
  expect(await me(one)).toBeNull()
  expect(await me(other)).toMatchObject({ id: person.id })
})

it('failed attempts still lock an account', async () => {
  const person = await createUser(product.payload)
  for (let attempt = 0; attempt < 5; attempt += 1) await logIn(person.email, 'wrong-password')
  expect((await logIn(person.email)).status).toBe(401)
})

describe('a password of three characters, or of spaces, is refused', () => {
  it('when it is reset', async () => {
    const { payload } = product
    const person = await createUser(payload)
    const token = await payload.forgotPassword({
      collection: 'users',
      data: { email: person.email },
      disableEmail: true,
    })
    const { body, status } = await product.rest('POST', '/api/users/reset-password', {
      body: { token, password: 'abc' },
    })
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining('password')])
    expect((await logIn(person.email)).status).toBe(200)
  })

  it.each(['abc', '        ', 12_345_678])('where it is changed: %j', async (password) => {
    const person = await createUser(product.payload)
    expect((await change(person.id, { password })).status).toBe(400)
    expect((await logIn(person.email)).status).toBe(200)
  })
})

it.each(['email', 'name', 'phone', 'referralCode'])(
  'a registration with a number as %s is refused by that field',
  async (field) => {
    const body = { email: `${field}@texts.test`, password: 'a-long-password', [field]: 12 }
    const answer = await product.rest<{ errors: { field?: string }[] }>('POST', '/api/users', {
      body,
    })
    expect([answer.status, answer.body.errors[0]?.field]).toEqual([400, field])
  },
)

it('a member cannot set when they registered', async () => {
  const createdAt = '2099-01-01T00:00:00.000Z'
  const { body } = await product.rest<{ doc: User }>('POST', '/api/users', {
    body: { email: 'dated@texts.test', password: 'a-long-password', createdAt },
  })
  const member = await createUser(product.payload)
  await change(member.id, { createdAt, updatedAt: createdAt }, await asToken(member))
  const rows = await product.sql<{ at: string }>(
    `select created_at::text as at from users where id in ('${member.id}', '${body.doc.id}')`,
  )
  expect(rows).toHaveLength(2)
  expect(rows.filter(({ at }) => at.startsWith('2099'))).toEqual([])
})
