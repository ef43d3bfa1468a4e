import { randomUUID } from 'node:crypto'

import { findLock } from '../../src/platform/signInLocks.ts'
import { createUser, PASSWORD, signIn } from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

let last = 0
const newAddress = (): string => `203.0.113.${(last += 1)}`
const from = (address: string) => ({ 'X-Tributary-Client-Ip': address })

type Refused = { errors?: { code: string }[] }
/** Signs in and returns `ok`, or the code of the refusal. */
const attempt = async (email: string, address: string, password = 'a-wrong-guess') => {
  const { body, status } = await product.rest<Refused>('POST', '/api/users/login', {
    headers: from(address),
    body: { email, password },
  })
  return status === 200 ? 'ok' : body.errors?.[0]?.code
}
const repeat = async (count: number, work: (n: number) => Promise<unknown>) => {
  const results: unknown[] = []
  for (let n = 0; n < count; n += 1) results.push(await work(n))
  return results
}
const FAILED = (count: number) => Array<string>(count).fill('auth.failed')
/** Guesses from many addresses until the account is locked for strangers. */
const guessFromEverywhere = (email: string) => repeat(24, () => attempt(email, newAddress()))

describe('five wrong passwords from one address', () => {
  it('lock the account for that address, also with the right password', async () => {
    const { email } = await createUser(product.payload)
    const address = newAddress()
    expect(await repeat(5, () => attempt(email, address))).toEqual(FAILED(5))
    expect(await attempt(email, address, PASSWORD)).toBe('auth.locked')
  })

  it('do not lock the member out at another address', async () => {
    const { email } = await createUser(product.payload)
    const stranger = newAddress()
    await repeat(7, () => attempt(email, stranger))
    expect(await attempt(email, newAddress(), PASSWORD)).toBe('ok')
    expect(await attempt(email, stranger, PASSWORD)).toBe('auth.locked')
  })

  it('lock an unknown address in the same way', async () => {
    const address = newAddress()
    const email = `${randomUUID()}@nowhere.test`
    const codes = await repeat(6, () => attempt(email, address))
    expect(codes).toEqual([...FAILED(5), 'auth.locked'])
  })

  it('count one IPv6 network as one address', async () => {
    const { email } = await createUser(product.payload)
    await repeat(5, (n) => attempt(email, `2001:db8:5:5::${n + 1}`))
    expect(await attempt(email, '2001:db8:5:5:ffff::1', PASSWORD)).toBe('auth.locked')
  })

  it('are counted before they are compared, so that 12 at once are five', async () => {
    const { email } = await createUser(product.payload)
    const address = newAddress()
    const codes = await Promise.all(Array.from({ length: 12 }, () => attempt(email, address)))
    expect(codes.filter((code) => code === 'auth.failed')).toHaveLength(5)
  })

  it('are forgotten after the right one', async () => {
    const { email } = await createUser(product.payload)
    const address = newAddress()
    for (let round = 0; round < 3; round += 1) {
      expect(await repeat(4, () => attempt(email, address))).toEqual(FAILED(4))
      expect(await attempt(email, address, PASSWORD)).toBe('ok')
    }
  })

  it('are answered with Retry-After, over REST and GraphQL', async () => {
    const { email } = await createUser(product.payload)
    const address = newAddress()
    await repeat(5, () => attempt(email, address))
    const { body, headers } = await product.graphql(
      `mutation { loginUser(email: "${email}", password: "x") { token } }`,
      undefined,
      from(address),
    )
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'auth.locked' })
    expect(Number(headers.get('Retry-After'))).toBeGreaterThan(0)
  })
})

describe('twenty wrong passwords from many addresses', () => {
  it('lock the account for every address it is not known at', async () => {
    const { email } = await createUser(product.payload)
    const codes = await guessFromEverywhere(email)
    expect(codes).toEqual([...FAILED(20), ...Array<string>(4).fill('auth.locked')])
    expect(await attempt(email, newAddress(), PASSWORD)).toBe('auth.locked')
  })

  it('do not lock the member out at an address of an earlier sign-in', async () => {
    const { email } = await createUser(product.payload)
    const home = newAddress()
    expect(await attempt(email, home, PASSWORD)).toBe('ok')
    await guessFromEverywhere(email)
    expect(await attempt(email, home, PASSWORD)).toBe('ok')
  })

  it('do not lock the member out where they registered', async () => {
    const email = `${randomUUID()}@home.test`
    const home = newAddress()
    const body = { email, password: PASSWORD }
    await product.rest('POST', '/api/users', { headers: from(home), body })
    await guessFromEverywhere(email)
    expect(await attempt(email, home, PASSWORD)).toBe('ok')
  })

  it('do not make a stranger known who registers with the same address', async () => {
    const { email } = await createUser(product.payload)
    const stranger = newAddress()
    const body = { email, password: 'a-long-password' }
    await product.rest('POST', '/api/users', { headers: from(stranger), body })
    await guessFromEverywhere(email)
    expect(await attempt(email, stranger)).toBe('auth.locked')
  })

  it('are overcome by a new password, wherever the member is', async () => {
    const { email } = await createUser(product.payload)
    await guessFromEverywhere(email)
    const { payload } = product
    const data = { email }
    const token = await payload.forgotPassword({ collection: 'users', data, disableEmail: true })
    const away = newAddress()
    const { status } = await product.rest('POST', '/api/users/reset-password', {
      headers: from(away),
      body: { token, password: 'another-long-one' },
    })
    expect(status).toBe(200)
    expect(await attempt(email, away, 'another-long-one')).toBe('ok')
  })

  it('are lifted when an admin unlocks the account', async () => {
    const { email } = await createUser(product.payload)
    await guessFromEverywhere(email)
    expect(await findLock(product.payload, email)).not.toBeNull()
    const admin = await createUser(product.payload, { role: 'admin' })
    const { status } = await product.rest('POST', '/api/users/unlock', {
      authorization: await signIn(product.payload, admin),
      body: { email },
    })
    expect(status).toBe(200)
    expect(await findLock(product.payload, email)).toBeNull()
    expect(await attempt(email, newAddress(), PASSWORD)).toBe('ok')
  })
})

it('the counters hold no e-mail address, and the account counts nothing', async () => {
  const { email, id } = await createUser(product.payload, { email: 'secret.name@counters.test' })
  const address = newAddress()
  await repeat(6, () => attempt(email, address))
  const rows = await product.sql('select key from rate_limits')
  expect(JSON.stringify(rows)).not.toContain('secret.name')
  const [row] = await product.sql<{ tries: string | null; until: string | null }>(
    `select login_attempts::text as tries, lock_until as until from users where id = '${id}'`,
  )
  expect([Number(row?.tries), row?.until]).toEqual([0, null])
})
