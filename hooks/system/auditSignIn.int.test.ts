import type { User } from '../../src/payload-types.ts'
import { createMachine, createUser, signIn } from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

const PASSWORD = 'correct-horse-battery'
let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const rowsOf = (id: string) =>
  product.sql<Record<string, unknown>>(
    `select * from audit_logs where subject = 'users' and subject_id = '${id}'
       and action <> 'create' order by at, id`,
  )
const actionsOf = async (id: string) => (await rowsOf(id)).map(({ action }) => action)
const login = (email: string, password: string, headers = {}) =>
  product.rest<{ token: string }>('POST', '/api/users/login', {
    body: { email, password },
    headers,
  })
const failures = (email: string) =>
  product.sql<Record<string, unknown>>(
    `select * from audit_logs where action = 'login-failed' and actor_email = '${email}'`,
  )

describe('a sign-in', () => {
  it.each(['admin', 'finance', 'support', 'member'] as const)(
    'of %s is recorded with the actor and the origin',
    async (role) => {
      const { email, id } = await createUser(product.payload, { role })
      await login(email, PASSWORD, { 'x-tributary-client-ip': '203.0.113.7' })
      expect(await rowsOf(id)).toMatchObject([
        {
          action: 'login',
          actor_email: email,
          actor_role: role,
          actor_id: role === 'member' ? null : id,
          ip: '203.0.113.7',
          before: null,
          after: null,
        },
      ])
    },
  )

  it('and the sign-out are recorded', async () => {
    const { email, id } = await createUser(product.payload)
    const { body } = await login(email, PASSWORD)
    const { status } = await product.rest('POST', '/api/users/logout', {
      authorization: `JWT ${body.token}`,
    })
    expect(status).toBe(200)
    expect(await actionsOf(id)).toEqual(['login', 'logout'])
  })

  it('by a key is not recorded', async () => {
    const authorization = await createMachine(product.payload, ['payments:write'])
    await product.rest('GET', '/api/payments', { authorization })
    expect(
      await product.sql(`select 1 from audit_logs where subject = 'service-accounts'`),
    ).toEqual([])
  })
})

describe('a sign-in that fails', () => {
  it('is recorded with the address as typed, and never the password', async () => {
    const { email, id } = await createUser(product.payload, { email: 'typed@example.test' })
    const typed = ` ${email.toUpperCase()}`
    const { status } = await login(typed, 'a-guess-of-theirs')
    expect(status).toBe(401)
    const [row] = await rowsOf(id)
    expect(row).toMatchObject({ action: 'login-failed', actor_id: null, actor_email: typed })
    expect(JSON.stringify(row)).not.toContain('a-guess-of-theirs')
  })

  it('for an account that does not exist is recorded without a subject', async () => {
    await login('unknown@example.test', 'a-guess-of-theirs')
    expect(await failures('unknown@example.test')).toMatchObject([{ subject_id: null }])
  })

  it('is recorded over GraphQL, each attempt with its own address', async () => {
    const { email } = await createUser(product.payload)
    const attempt = (name: string, address: string, password: string) =>
      `${name}: loginUser(email: "${address}", password: "${password}") { token }`
    await product.graphql(`mutation {
      ${attempt('a', 'decoy@example.test', ' ')}
      ${attempt('b', 'first@example.test', 'wrong-one')}
      ${attempt('c', email, PASSWORD)}
      ${attempt('d', 'second@example.test', 'wrong-one')}
    }`)
    const counts = await Promise.all(
      ['decoy@example.test', 'first@example.test', email, 'second@example.test'].map(failures),
    )
    expect(counts.map(({ length }) => length)).toEqual([0, 1, 0, 1])
  })

  it('gets the same response when it could not be recorded', async () => {
    await product.sql(`alter table audit_logs add constraint refuse check (false) not valid`)
    const { status } = await login('unrecorded@example.test', 'a-guess')
    await product.sql('alter table audit_logs drop constraint refuse')
    expect(status).toBe(401)
  })

  it('is recorded for an address of any length and content', async () => {
    const address = `${'x'.repeat(10_000)}’😀@example.test`
    expect((await login(address, 'a-guess')).status).toBe(401)
    expect(await failures('x'.repeat(254))).toHaveLength(1)
  })
})

describe('an account', () => {
  const lockOut = async (email: string) => {
    for (let attempt = 0; attempt < 7; attempt += 1) await login(email, 'wrong-guess')
  }

  it('that is locked by wrong passwords is recorded once', async () => {
    const { email, id } = await createUser(product.payload)
    await lockOut(email)
    const rows = await rowsOf(id)
    expect(rows.filter(({ action }) => action === 'login-failed')).toHaveLength(7)
    const locked = rows.filter(({ action }) => action === 'account-locked')
    expect(locked).toHaveLength(1)
    expect(locked[0]?.after).toEqual({ lockUntil: expect.any(String) })
    expect(rows.at(-1)).toMatchObject({ reason: 'The account is locked.' })
  })

  it('that an admin unlocks is recorded, and a refused unlock is not', async () => {
    const { email, id } = await createUser(product.payload)
    await lockOut(email)
    const unlock = async (role: User['role'], address: string) => {
      const authorization = await signIn(
        product.payload,
        await createUser(product.payload, { role }),
      )
      const body = { email: address }
      return (await product.rest('POST', '/api/users/unlock', { authorization, body })).status
    }
    expect(await unlock('support', email)).toBe(403)
    expect(await unlock('admin', 'unknown@example.test')).toBe(403)
    expect(await unlock('admin', email)).toBe(200)
    const rows = (await rowsOf(id)).filter(({ action }) => action === 'account-unlocked')
    expect(rows).toMatchObject([
      {
        actor_role: 'admin',
        before: { lockUntil: expect.any(String) },
        after: { lockUntil: null },
      },
    ])
    expect((await login(email, PASSWORD)).status).toBe(200)
  })

  it('a password reset is recorded with its request and the new password', async () => {
    const { email, id } = await createUser(product.payload)
    await product.rest('POST', '/api/users/forgot-password', { body: { email } })
    const [row] = await product.sql<{ token: string }>(
      `select reset_password_token as token from users where id = '${id}'`,
    )
    const { status } = await product.rest('POST', '/api/users/reset-password', {
      body: { token: row?.token, password: 'another-long-one' },
    })
    expect(status).toBe(200)
    expect(await rowsOf(id)).toMatchObject([
      { action: 'password-reset-requested', actor_email: null },
      { action: 'password-reset', actor_email: email, before: null, after: null },
    ])
  })
})
