import { randomUUID } from 'node:crypto'

import { decrypt } from '../../src/platform/encryption.ts'
import { findOutbox } from '../../src/messaging/outbox/findOutbox.ts'
import type { User } from '../../src/payload-types.ts'
import { createUser, PASSWORD, signIn } from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const ROLES = ['member', 'admin', 'finance', 'support'] as const
const NEW = 'another-long-password'

type Answer = { errors?: { code: string; field?: string }[] } & Record<string, unknown>
const post = (path: string, authorization: string | undefined, body: object) =>
  product.rest<Answer>('POST', `/api/users/${path}`, { authorization, body })
const patch = (user: User, authorization: string, body: object) =>
  product.rest<Answer>('PATCH', `/api/users/${user.id}`, { authorization, body })
const logIn = async (email: string, password = PASSWORD) => {
  const { status } = await product.rest('POST', '/api/users/login', { body: { email, password } })
  return status
}
const isSignedIn = async (authorization: string) => {
  const { body } = await product.rest<{ user: unknown }>('GET', '/api/users/me', { authorization })
  return body.user !== null
}
const start = async (over: Partial<User> = {}) => {
  const user = await createUser(product.payload, over)
  return { user, token: await signIn(product.payload, user) }
}
const emailOf = async ({ id }: User) =>
  (await product.payload.findByID({ collection: 'users', id })).email

type Message = { template: string; to: string; data: { kind?: string } | null }
const messagesTo = (...addresses: string[]) =>
  product.sql<Message>(
    `select template, "to", data from notifications
     where "to" in (${addresses.map((one) => `'${one}'`).join()}) and template <> 'welcome'
     order by id`,
  )
/** The token of the latest link to an address. */
const tokenTo = async (address: string): Promise<string> => {
  const [row] = await product.sql<{ key: string; secret: string }>(
    `select dedupe_key as key, secret from notifications
     where "to" = '${address}' and template = 'verify-email' order by id desc limit 1`,
  )
  if (!row) throw new Error(`No link was sent to ${address}.`)
  const { encryptionKey } = findOutbox(product.payload)
  return (JSON.parse(decrypt(encryptionKey, row.secret, row.key)) as { token: string }).token
}
const newAddress = () => `${randomUUID()}@new.test`

describe.each(ROLES)('the password of %s', (role) => {
  it('is changed with the current one; other sessions end and the address is notified', async () => {
    const { token, user } = await start({ role })
    const other = await signIn(product.payload, user)
    const answer = await post('change-password', token, {
      currentPassword: PASSWORD,
      password: NEW,
    })
    expect([answer.status, answer.body]).toEqual([200, { changed: true }])
    expect([await logIn(user.email), await logIn(user.email, NEW)]).toEqual([401, 200])
    expect([await isSignedIn(token), await isSignedIn(other)]).toEqual([true, false])
    expect(await messagesTo(user.email)).toMatchObject([
      { template: 'account-changed', data: { kind: 'password' } },
    ])
  })

  it.each([
    ['none', undefined, 'user.current-password-required'],
    ['a wrong one', 'a-wrong-password', 'user.wrong-password'],
  ])('stays with %s as the current one, over every way', async (_name, currentPassword, code) => {
    const { token, user } = await start({ role })
    const body = { password: NEW, ...(currentPassword ? { currentPassword } : {}) }
    const refusal = { errors: [{ code, field: 'currentPassword' }] }
    expect(await post('change-password', token, body)).toMatchObject({ status: 403, body: refusal })
    expect(await patch(user, token, body)).toMatchObject({ status: 403, body: refusal })
    const fields = Object.entries(body).map(([name, value]) => `${name}: "${value}"`)
    const { body: answer } = await product.graphql(
      `mutation { updateUser(id: "${user.id}", data: { ${fields.join(', ')} }) { id } }`,
      token,
    )
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code })
    expect(await logIn(user.email)).toBe(200)
    expect(await isSignedIn(token)).toBe(true)
  })

  it('is changed by the form of the own account with the current one', async () => {
    const { token, user } = await start({ role })
    const other = await signIn(product.payload, user)
    const body = { email: user.email, password: NEW, currentPassword: PASSWORD }
    expect((await patch(user, token, body)).status).toBe(200)
    expect([await logIn(user.email, NEW), await isSignedIn(other)]).toEqual([200, false])
  })
})

describe.each(ROLES)('the e-mail address of %s', (role) => {
  it('is changed once the new mailbox confirms it; the old one is notified', async () => {
    const { token, user } = await start({ role })
    const other = await signIn(product.payload, user)
    const email = newAddress()
    const answer = await post('change-email', token, { email, currentPassword: PASSWORD })
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual({
      sentTo: expect.stringMatching(/•••@new\.test$/),
      expiresAt: expect.any(String),
    })
    expect([await emailOf(user), await logIn(user.email)]).toEqual([user.email, 200])

    const confirmed = await post('confirm-email', undefined, { token: await tokenTo(email) })
    expect([confirmed.status, confirmed.body]).toEqual([200, { email }])
    expect([await logIn(user.email), await logIn(email)]).toEqual([401, 200])
    expect([await isSignedIn(token), await isSignedIn(other)]).toEqual([false, false])
    expect(await messagesTo(user.email, email)).toMatchObject([
      { template: 'verify-email', to: email },
      { template: 'account-changed', to: user.email, data: { kind: 'email-requested' } },
      { template: 'account-changed', to: user.email, data: { kind: 'email' } },
    ])
    const stored = await product.payload.findByID({ collection: 'users', id: user.id })
    expect(stored.emailVerifiedAt).toEqual(expect.any(String))
  })

  it.each([
    ['none', undefined, 'user.current-password-required'],
    ['a wrong one', 'a-wrong-password', 'user.wrong-password'],
  ])('is not requested with %s as the password, over every way', async (_name, given, code) => {
    const { token, user } = await start({ role })
    const email = newAddress()
    const body = { email, ...(given ? { currentPassword: given } : {}) }
    const refusal = { errors: [{ code, field: 'currentPassword' }] }
    expect(await post('change-email', token, body)).toMatchObject({ status: 403, body: refusal })
    expect(await patch(user, token, body)).toMatchObject({ status: 403, body: refusal })
    expect(await messagesTo(user.email, email)).toEqual([])
    expect(await emailOf(user)).toBe(user.email)
  })

  it('is requested by the form of the own account with the password, and stays until then', async () => {
    const { token, user } = await start({ role })
    const email = newAddress()
    const { body, status } = await patch(user, token, { email, currentPassword: PASSWORD })
    expect(status).toBe(200)
    expect(body.doc).toMatchObject({ email: user.email })
    await post('confirm-email', token, { token: await tokenTo(email) })
    expect(await emailOf(user)).toBe(email)
    expect(await isSignedIn(token)).toBe(true) // the session that confirms goes on
  })
})

it('a refusal over PATCH names the endpoints', async () => {
  const { token, user } = await start()
  const { body } = await patch(user, token, { password: NEW })
  expect(JSON.stringify(body)).toContain('/api/users/change-password')
})

it('a form that sends the present address needs no password', async () => {
  const { token, user } = await start()
  const { body, status } = await patch(user, token, { email: user.email, name: 'Asha' })
  expect([status, (body.doc as User).name]).toEqual([200, 'Asha'])
})

it('the current password is neither stored nor shown', async () => {
  const { token, user } = await start()
  const { body } = await patch(user, token, { name: 'Asha', currentPassword: PASSWORD })
  expect(JSON.stringify(body)).not.toContain(PASSWORD)
})

it('guesses of the current password are limited', async () => {
  const { token } = await start()
  const guess = () => post('change-password', token, { currentPassword: 'a-guess', password: NEW })
  for (let n = 0; n < 10; n += 1) expect((await guess()).status).toBe(403)
  const { body, headers, status } = await guess()
  expect([status, body.errors?.[0]?.code]).toEqual([429, 'request.too-many'])
  expect(Number(headers.get('Retry-After'))).toBeGreaterThan(0)
})

it('an admin who sets the password of another needs no current one, and the person is notified', async () => {
  const admin = await start({ role: 'admin' })
  const { token, user } = await start()
  expect((await patch(user, admin.token, { password: NEW })).status).toBe(200)
  expect([await logIn(user.email, NEW), await isSignedIn(token)]).toEqual([200, false])
  expect(await messagesTo(user.email)).toMatchObject([{ data: { kind: 'password' } }])
})

it('an address that an admin sets for another is unconfirmed, and the old one is notified', async () => {
  const admin = await start({ role: 'admin' })
  const { token, user } = await start()
  const email = newAddress()
  expect((await patch(user, admin.token, { email })).status).toBe(200)
  const stored = await product.payload.findByID({ collection: 'users', id: user.id })
  expect([stored.email, stored.emailVerifiedAt]).toEqual([email, null])
  expect(await isSignedIn(token)).toBe(false)
  expect(await messagesTo(user.email)).toMatchObject([{ data: { kind: 'email' } }])
})

it('a password reset ends all sessions, and the person is notified', async () => {
  const { token, user } = await start()
  const { payload } = product
  const data = { email: user.email }
  const reset = await payload.forgotPassword({ collection: 'users', data, disableEmail: true })
  const { status } = await post('reset-password', undefined, { token: reset, password: NEW })
  expect([status, await isSignedIn(token)]).toEqual([200, false])
  expect(await messagesTo(user.email)).toMatchObject([{ data: { kind: 'password' } }])
})

describe('a link', () => {
  const request = async () => {
    const { token, user } = await start()
    const email = newAddress()
    await post('change-email', token, { email, currentPassword: PASSWORD })
    return { token, user, email, link: await tokenTo(email) }
  }
  const open = async (link: unknown) => {
    const { body, status } = await post('confirm-email', undefined, { token: link })
    return [status, body.errors?.[0]?.code]
  }
  const INVALID = [400, 'user.invalid-token']

  it('works once', async () => {
    const { link } = await request()
    expect(await open(link)).toEqual([200, undefined])
    expect(await open(link)).toEqual(INVALID)
  })

  it('works once for many at the same time', async () => {
    const { link } = await request()
    const answers = await Promise.all(Array.from({ length: 4 }, () => open(link)))
    expect(answers.filter(([status]) => status === 200)).toHaveLength(1)
  })

  it('is replaced by a later one', async () => {
    const { link, token } = await request()
    await post('change-email', token, { email: newAddress(), currentPassword: PASSWORD })
    expect(await open(link)).toEqual(INVALID)
  })

  it('stops after two days', async () => {
    const { link, user } = await request()
    await product.sql(
      `update email_changes set expires_at = now() - interval '1 s' where user_id = '${user.id}'`,
    )
    expect(await open(link)).toEqual(INVALID)
  })

  it('is refused when another account got the address in the meantime', async () => {
    const { email, link, user } = await request()
    await createUser(product.payload, { email })
    expect(await open(link)).toEqual([409, 'user.email-taken'])
    expect(await emailOf(user)).toBe(user.email)
  })

  it.each([['unknown'], [''], [12], [null]])('that is %j is refused', async (link) => {
    expect((await open(link))[0]).toBe(400)
  })

  it('is stored as a hash alone', async () => {
    const { link } = await request()
    const rows = await product.sql('select * from email_changes')
    expect(JSON.stringify(rows)).not.toContain(link)
  })
})

it('a change to the address of another account is answered alike, and sends its owner a note', async () => {
  const { token, user } = await start()
  const taken = await createUser(product.payload)
  const body = { email: taken.email, currentPassword: PASSWORD }
  expect((await post('change-email', token, body)).status).toBe(200)
  expect(await messagesTo(taken.email)).toMatchObject([{ template: 'already-registered' }])
  expect(await emailOf(user)).toBe(user.email)
})

it('a registration sends a link that confirms the address', async () => {
  const email = newAddress()
  await product.rest('POST', '/api/users', { body: { email, password: PASSWORD } })
  expect((await post('confirm-email', undefined, { token: await tokenTo(email) })).status).toBe(200)
  const [row] = await product.sql<{ at: string | null }>(
    `select email_verified_at as at from users where email = '${email}'`,
  )
  expect(row?.at).not.toBeNull()
})

it('a member can send the link again', async () => {
  const { token, user } = await start({ emailVerifiedAt: null })
  expect((await post('send-confirmation', token, {})).status).toBe(200)
  expect(
    (await post('confirm-email', undefined, { token: await tokenTo(user.email) })).status,
  ).toBe(200)
  expect(await isSignedIn(token)).toBe(true)
})

it.each(['change-email', 'change-password', 'send-confirmation'])(
  'a stranger cannot call %s',
  async (path) => {
    const { body, status } = await post(path, undefined, {})
    expect([status, body.errors?.[0]?.code]).toEqual([401, 'auth.required'])
  },
)
