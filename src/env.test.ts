import { readEnv } from './env.ts'

const complete = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://localhost/app',
  PAYLOAD_SECRET: 'x'.repeat(32),
  PUBLIC_URL: 'https://pay.example.in',
}
const without = (key: keyof typeof complete) => ({ ...complete, [key]: undefined })

const complaintOf = (source: Record<string, string | undefined>): string => {
  try {
    readEnv(source)
  } catch (error) {
    return (error as Error).message
  }
  return 'no complaint'
}

describe('readEnv', () => {
  it('fills in defaults, so that a demo needs nothing', () => {
    expect(readEnv({})).toEqual({
      NODE_ENV: 'development',
      TRIBUTARY_MODE: 'demo',
      PORT: 3000,
      DATABASE_POOL_MAX: 10,
      SIGNUP_PATH: '/signup',
      CORS_ORIGINS: [],
      TRUST_PROXY: 0,
      RATE_LIMITS: 'on',
      RATE_LIMIT_FACTOR: 1,
      LOG_LEVEL: 'info',
    })
  })

  it('takes what is given', () => {
    expect(readEnv({ ...complete, PORT: '8080', DATABASE_POOL_MAX: '20' })).toMatchObject({
      ...complete,
      PORT: 8080,
      DATABASE_POOL_MAX: 20,
    })
  })

  it.each(['PORT', 'LOG_LEVEL', 'DATABASE_URL', 'PAYLOAD_SECRET', 'CORS_ORIGINS', 'METRICS_TOKEN'])(
    'takes an empty %s as absent',
    (key) => {
      expect(readEnv({ [key]: '' })).toEqual(readEnv({}))
    },
  )

  it('cannot be changed afterwards', () => {
    expect(Object.isFrozen(readEnv({}))).toBe(true)
  })
})

describe('the mode', () => {
  it.each([
    ['demo', 'development', undefined],
    ['demo', 'test', undefined],
    ['production', 'production', undefined],
    ['demo', 'production', 'demo'],
    ['test', 'test', 'test'],
    ['production', 'development', 'production'],
  ])('is %s for NODE_ENV %s and TRIBUTARY_MODE %s', (mode, NODE_ENV, TRIBUTARY_MODE) => {
    expect(readEnv({ ...complete, NODE_ENV, TRIBUTARY_MODE }).TRIBUTARY_MODE).toBe(mode)
  })
})

describe('production', () => {
  it('starts with what it needs', () => {
    expect(readEnv(complete).TRIBUTARY_MODE).toBe('production')
  })

  it.each(['DATABASE_URL', 'PAYLOAD_SECRET', 'PUBLIC_URL'] as const)('needs %s', (key) => {
    expect(() => readEnv(without(key))).toThrow(`${key}: needed in production`)
    expect(() => readEnv({ ...complete, [key]: '' })).toThrow(`${key}: needed in production`)
  })

  it('names all that is missing together', () => {
    expect(complaintOf({ NODE_ENV: 'production' })).toMatch(
      /DATABASE_URL[\s\S]*PAYLOAD_SECRET[\s\S]*PUBLIC_URL/,
    )
  })

  it('names what is missing together with what is wrong', () => {
    const complaint = complaintOf({ ...without('DATABASE_URL'), PORT: 'http' })
    expect(complaint).toContain('PORT')
    expect(complaint).toContain('DATABASE_URL')
  })
})

describe('a mistake', () => {
  const mistakes: [string, string][] = [
    ['NODE_ENV', 'staging-9f2c'],
    ['TRIBUTARY_MODE', 'sandbox-9f2c'],
    ['PORT', 'http-9f2c'],
    ['DATABASE_URL', 'mysql://root:hunter2@localhost/app'],
    ['DATABASE_POOL_MAX', 'many-9f2c'],
    ['PAYLOAD_SECRET', 'hunter2'],
    ['PUBLIC_URL', 'ftp://9f2c.example.in'],
    ['FRONTEND_URL', 'shop-9f2c'],
    ['SIGNUP_PATH', 'join-9f2c'],
    ['CORS_ORIGINS', 'https://shop.example.in,9f2c'],
    ['METRICS_TOKEN', '9f2c'],
    ['LOG_LEVEL', 'loud-9f2c'],
  ]

  it.each(mistakes)('in %s is named, and its value never printed', (key, value) => {
    const complaint = complaintOf({ [key]: value })
    expect(complaint).toContain(`  ${key}`)
    expect(complaint).not.toMatch(/9f2c|hunter2/)
    expect(complaint).not.toContain(value)
  })

  it('does not hide the others', () => {
    const complaint = complaintOf(Object.fromEntries(mistakes))
    for (const [key] of mistakes) expect(complaint).toContain(`  ${key}`)
  })

  it.each([
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['DATABASE_POOL_MAX', '1'],
    ['DATABASE_POOL_MAX', '201'],
    ['PAYLOAD_SECRET', 'x'.repeat(31)],
    ['METRICS_TOKEN', 'x'.repeat(15)],
    ['PUBLIC_URL', 'javascript:alert(1)'],
  ])('is a %s of %s', (key, value) => {
    expect(complaintOf({ [key]: value })).toContain(`  ${key}`)
  })
})

describe('CORS_ORIGINS', () => {
  it.each([
    ['https://shop.example.in', ['https://shop.example.in']],
    [
      ' https://a.example.in , http://b.example.in:8080,',
      ['https://a.example.in', 'http://b.example.in:8080'],
    ],
    [' , ', []],
  ])('reads "%s" as a list', (text, origins) => {
    expect(readEnv({ CORS_ORIGINS: text }).CORS_ORIGINS).toEqual(origins)
  })

  it.each(['*', 'null', 'shop.example.in', 'ftp://shop.example.in'])('refuses "%s"', (origin) => {
    expect(complaintOf({ CORS_ORIGINS: `https://a.example.in,${origin}` })).toContain(
      'CORS_ORIGINS',
    )
  })
})
