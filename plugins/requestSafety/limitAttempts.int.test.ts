import { randomUUID } from 'node:crypto'

import { RateLimiterMemory } from 'rate-limiter-flexible'

import { provideEnv } from '../../src/config/env.ts'
import { createUser, signIn } from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'
import { countAttempt, openRateLimiter } from '../../src/platform/rateLimiters.ts'

let product: Product
beforeAll(async () => {
  provideEnv({ RATE_LIMITS: 'on' })
  product = await startProduct()
})
beforeEach(async () => {
  // Limits that were reached are also remembered in memory: each test has addresses of its own.
  await product.sql('delete from rate_limits')
})
afterAll(() => product.close())

let lastAddress = 0
const nextAddress = (): string => `198.51.100.${(lastAddress += 1)}`
const from = (address: string) => ({ 'X-Tributary-Client-Ip': address })

type Refusal = { errors?: { code?: string }[] }
const post = (path: string, address: string, body: unknown, authorization?: string) =>
  product.rest<Refusal>('POST', path, { headers: from(address), body, authorization })
const login = (address: string, email: string, password = 'wrong-one') =>
  post('/api/users/login', address, { email, password })
const register = (address: string, email = `${randomUUID()}@limits.test`, authorization?: string) =>
  post('/api/users', address, { email, password: 'long-enough-1' }, authorization)
const forgot = (address: string, email: string) =>
  post('/api/users/forgot-password', address, { email })

/** The statuses of so many attempts, one after the other. */
const tried = async (count: number, attempt: (n: number) => Promise<{ status: number }>) => {
  const statuses: number[] = []
  for (let n = 0; n < count; n += 1) statuses.push((await attempt(n)).status)
  return statuses
}
const repeated = (status: number, count: number): number[] => Array<number>(count).fill(status)

describe('signing in', () => {
  it('is refused at the 11th attempt in a minute, with Retry-After', async () => {
    const address = nextAddress()
    expect(await tried(10, () => login(address, 'guessed@limits.test'))).toEqual(repeated(401, 10))

    const { body, headers, status } = await login(address, 'Guessed@limits.test ')
    expect(status).toBe(429)
    expect(body.errors).toMatchObject([{ code: 'request.too-many' }])
    const seconds = Number(headers.get('Retry-After'))
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual(60)
  })

  it('from another address, or for another account, still succeeds', async () => {
    const address = nextAddress()
    await tried(11, () => login(address, 'guessed@limits.test'))
    expect((await login(nextAddress(), 'guessed@limits.test')).status).toBe(401)

    const { email } = await createUser(product.payload)
    expect((await login(address, email, 'correct-horse-battery')).status).toBe(200)
  })

  it('is refused at the 61st attempt in a minute, whichever accounts it is for', async () => {
    const address = nextAddress()
    const statuses = await tried(61, (n) => login(address, `spray-${n}@limits.test`))
    expect(statuses).toEqual([...repeated(401, 60), 429])
  })

  it('counts REST and GraphQL together', async () => {
    const address = nextAddress()
    const overGraphql = () =>
      product.graphql(
        'mutation { loginUser(email: "both@limits.test", password: "wrong-one") { token } }',
        undefined,
        from(address),
      )
    for (let n = 0; n < 5; n += 1) {
      await login(address, 'both@limits.test')
      await overGraphql()
    }
    const { body, headers } = await overGraphql()
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'request.too-many' })
    expect(Number(headers.get('Retry-After'))).toBeGreaterThan(0)
    expect((await login(address, 'both@limits.test')).status).toBe(429)
  })

  it('counts the aliases of one GraphQL request one by one', async () => {
    const address = nextAddress()
    const aliases = Array.from(
      { length: 12 },
      (_, n) => `a${n}: loginUser(email: "alias@limits.test", password: "p${n}") { token }`,
    )
    const { body } = await product.graphql(
      `mutation { ${aliases.join(' ')} }`,
      undefined,
      from(address),
    )
    const codes = body.errors?.map(({ extensions }) => extensions?.code)
    expect(codes?.filter((code) => code === 'request.too-many')).toHaveLength(2)
  })

  it('by an internal call is not counted', async () => {
    const user = await createUser(product.payload)
    for (let n = 0; n < 12; n += 1) await signIn(product.payload, user)
    expect(await product.sql('select 1 from rate_limits')).toEqual([])
  })
})

describe('registering', () => {
  it('is refused at the 21st attempt in an hour, also when they are concurrent', async () => {
    const address = nextAddress()
    const answers = await Promise.all(Array.from({ length: 24 }, () => register(address)))
    const statuses = answers.map(({ status }) => status).sort()
    expect(statuses).toEqual([...repeated(201, 20), ...repeated(429, 4)])
    expect((await register(nextAddress())).status).toBe(201)
  })

  it('creates no member once it is refused', async () => {
    const address = nextAddress()
    await tried(20, () => register(address, 'no address'))
    const email = 'late@limits.test'
    expect((await register(address, email)).status).toBe(429)
    expect(await product.sql(`select 1 from users where email = '${email}'`)).toEqual([])
  })

  it('counts one IPv6 network as one address', async () => {
    await tried(20, (n) => register(`2001:db8:1:2::${n + 1}`, 'no address'))
    expect((await register('2001:db8:1:2:ffff::9')).status).toBe(429)
    expect((await register('2001:db8:1:3::1')).status).toBe(201)
  })

  it('of others by an admin is not counted', async () => {
    const admin = await signIn(
      product.payload,
      await createUser(product.payload, { role: 'admin' }),
    )
    const address = nextAddress()
    const statuses = await tried(21, () => register(address, undefined, admin))
    expect(statuses).toEqual(repeated(201, 21))
  })
})

describe('requesting a new password', () => {
  it('is refused at the 6th attempt in an hour, for a known or an unknown address', async () => {
    const { email } = await createUser(product.payload)
    for (const account of [email, 'unknown@limits.test']) {
      const address = nextAddress()
      const statuses = await tried(6, () => forgot(address, account))
      expect(statuses).toEqual([...repeated(200, 5), 429])
    }
  })

  it('succeeds for more concurrent members than there are connections', async () => {
    const people = await Promise.all(Array.from({ length: 12 }, () => createUser(product.payload)))
    const answers = await Promise.all(people.map(({ email }) => forgot(nextAddress(), email)))
    expect(answers.map(({ status }) => status)).toEqual(repeated(200, 12))
  })

  it('counts REST and GraphQL together', async () => {
    const address = nextAddress()
    await tried(5, () => forgot(address, 'unknown@limits.test'))
    const { body } = await product.graphql(
      'mutation { forgotPasswordUser(email: "unknown@limits.test") }',
      undefined,
      from(address),
    )
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'request.too-many' })
  })
})

describe('the counters', () => {
  const limit = { name: 'shared', points: 3, seconds: 60 }

  it('are shared by all processes', async () => {
    const [one, other] = [{ ...product.payload.db }, { ...product.payload.db }].map((db) =>
      openRateLimiter({ db }, limit),
    )
    if (!one || !other) throw new Error('two processes')
    expect(one).not.toBe(other)
    expect(await countAttempt(one, 'k')).toBeNull()
    expect(await countAttempt(other, 'k')).toBeNull()
    expect(await countAttempt(one, 'k')).toBeNull()
    expect(await countAttempt(other, 'k')).toBeGreaterThan(0)
  })

  it('contain no e-mail address', async () => {
    await login(nextAddress(), 'private@limits.test')
    const rows = await product.sql<{ key: string }>('select key from rate_limits')
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toContain('private')
  })

  it('continue in memory while the database does not answer', async () => {
    await product.sql('alter table rate_limits rename to rate_limits_away')
    try {
      const address = nextAddress()
      const statuses = await tried(11, () => login(address, 'insured@limits.test'))
      expect(statuses).toEqual([...repeated(401, 10), 429])
    } finally {
      await product.sql('alter table rate_limits_away rename to rate_limits')
    }
  })

  it('throw an error that is not a limit', async () => {
    const broken = new RateLimiterMemory({ points: 1, duration: 1 })
    broken.consume = () => Promise.reject(new Error('broken'))
    await expect(countAttempt(broken, 'k')).rejects.toThrow('broken')
  })
})
