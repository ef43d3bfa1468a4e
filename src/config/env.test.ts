import { generateKeyPairSync } from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'

import { projectRoot } from '../platform/projectRoot.ts'
import { readEnv } from './env.ts'

const complete = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://localhost/app',
  PAYLOAD_SECRET: 'x'.repeat(32),
  PUBLIC_URL: 'https://pay.example.in',
  ENCRYPTION_KEY: 'a1'.repeat(32),
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
  it('refuses another clock in production', () => {
    const source = { ...complete, TRIBUTARY_CLOCK: 'http://localhost:4010/control/clock' }
    expect(complaintOf(source)).toContain('TRIBUTARY_CLOCK: not in production')
    expect(() => readEnv({ TRIBUTARY_CLOCK: source.TRIBUTARY_CLOCK })).not.toThrow()
  })

  it.each([
    'SIMULATED_BANK_API_KEY',
    'SIMULATED_BANK_WEBHOOK_SECRET',
    'SIMULATED_BANK_BASE_URL',
  ] as const)('refuses %s in production, as the simulated bank moves no money', (key) => {
    expect(complaintOf({ ...complete, [key]: SIMULATED_BANK[key] })).toContain(
      `  ${key}: not in production`,
    )
    expect(complaintOf(SIMULATED_BANK)).toBe('no complaint')
  })

  it('gives a lease longer than all providers’ timeouts together', () => {
    const env = readEnv({})
    const longestMs = env.MESSAGING_TIMEOUT_MS * env.SMS_PROVIDERS.length
    for (const seconds of [env.OUTBOX_LEASE_SECONDS, env.OUTBOX_OTP_LEASE_SECONDS]) {
      expect(seconds * 1_000).toBeGreaterThan(longestMs)
    }
  })

  it('checks the size of the pool as .env.example states it', async () => {
    const text = await fs.readFile(path.join(projectRoot(), '.env.example'), 'utf8')
    const [, least = '', most = ''] = /pool, from (\d+) to (\d+)/.exec(text) ?? []
    const complain = (size: number) => complaintOf({ DATABASE_POOL_MAX: String(size) })
    for (const size of [Number(least), Number(most)]) expect(complain(size)).toBe('no complaint')
    for (const size of [Number(least) - 1, Number(most) + 1])
      expect(complain(size)).toContain('DATABASE_POOL_MAX')
  })

  it('fills in defaults, so that a demo needs no settings', () => {
    expect(readEnv({})).toEqual({
      NODE_ENV: 'development',
      ARCHIVE_DIR: '.data/archive',
      AUDIT_KEEP_DAYS: 90,
      PAGES_KEEP_DAYS: 90,
      WITHDRAWAL_OVERDUE_DAYS: 3,
      TRIBUTARY_MODE: 'demo',
      PORT: 3000,
      DATABASE_POOL_MAX: 10,
      DATABASE_WAIT_SECONDS: 60,
      SIGNUP_PATH: '/signup',
      CORS_ORIGINS: [],
      PRIVATE_HOSTS: [],
      TRUST_PROXY: 0,
      RATE_LIMITS: 'on',
      RATE_LIMIT_FACTOR: 1,
      REVEAL_ACCOUNTS: 'off',
      LOG_LEVEL: 'info',
      BRAND_NAME: 'Tributary',
      MESSAGING_TIMEOUT_MS: 10_000,
      SMS_PROVIDERS: ['msg91', 'twilio'],
      SENDGRID_PER_SECOND: 100,
      MSG91_PER_SECOND: 20,
      TWILIO_PER_SECOND: 10,
      WORKER_PORT: 3001,
      OUTBOX_LEASE_SECONDS: 60,
      OUTBOX_OTP_LEASE_SECONDS: 25,
      OUTBOX_RETRY_SECONDS: 30,
      OUTBOX_OTP_RETRY_SECONDS: 2,
      OUTBOX_UNKNOWN_SECONDS: 600,
      NETWORK_RATE_LIMIT_MS: 60_000,
      NETWORK_TIMEOUT_MS: 60_000,
      PAYOUT_LEASE_SECONDS: 120,
      PAYOUT_TIMEOUT_MS: 20_000,
      RAZORPAYX_BASE_URL: 'https://api.razorpay.com/v1',
      RAZORPAYX_WEBHOOK_SECRETS: [],
      CASHFREE_BASE_URL: 'https://api.cashfree.com/payout',
      CASHFREE_WEBHOOK_SECRETS: [],
    })
  })

  it('keeps what is set', () => {
    expect(readEnv({ ...complete, PORT: '8080', DATABASE_POOL_MAX: '20' })).toMatchObject({
      ...complete,
      PORT: 8080,
      DATABASE_POOL_MAX: 20,
    })
  })

  it.each([
    'PORT',
    'LOG_LEVEL',
    'DATABASE_URL',
    'PAYLOAD_SECRET',
    'CORS_ORIGINS',
    'METRICS_TOKEN',
    'SMS_PROVIDERS',
    'MSG91_TEMPLATES',
    'SENDGRID_API_KEY',
    'TWILIO_FROM',
  ])('takes an empty %s as absent', (key) => {
    expect(readEnv({ [key]: '' })).toEqual(readEnv({}))
  })

  it('is frozen', () => {
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
  it('starts with the settings that it needs', () => {
    expect(readEnv(complete).TRIBUTARY_MODE).toBe('production')
  })

  it.each(['DATABASE_URL', 'PAYLOAD_SECRET', 'PUBLIC_URL', 'ENCRYPTION_KEY'] as const)(
    'needs %s',
    (key) => {
      expect(() => readEnv(without(key))).toThrow(`${key}: needed in production`)
      expect(() => readEnv({ ...complete, [key]: '' })).toThrow(`${key}: needed in production`)
    },
  )

  it.each([
    'http://api.sendgrid.com',
    'https://127.0.0.1:4010/sendgrid',
    'https://2130706433/',
    'https://[::ffff:a9fe:a9fe]/',
    'https://mail.internal',
    'https://user:secret-9f2c@api.sendgrid.com',
  ])('refuses the base URL %s of a provider', (SENDGRID_BASE_URL) => {
    const complaint = complaintOf({ ...complete, ...SENDGRID, SENDGRID_BASE_URL })
    expect(complaint).toContain('SENDGRID_BASE_URL: needs https and a public host')
    expect(complaint).not.toContain('9f2c')
  })

  it('starts with a private base URL whose host PRIVATE_HOSTS names', () => {
    const own = { SENDGRID_BASE_URL: 'http://10.0.0.7:8080', PRIVATE_HOSTS: 'localhost, 10.0.0.7' }
    expect(complaintOf({ ...complete, ...SENDGRID, ...own })).toBe('no complaint')
  })

  it('starts with a public base URL', () => {
    const own = { SENDGRID_BASE_URL: 'https://api.eu.sendgrid.com' }
    expect(complaintOf({ ...complete, ...SENDGRID, ...own })).toBe('no complaint')
  })

  it('names all missing settings together', () => {
    expect(complaintOf({ NODE_ENV: 'production' })).toMatch(
      /DATABASE_URL[\s\S]*PAYLOAD_SECRET[\s\S]*PUBLIC_URL/,
    )
  })

  it('names missing and invalid settings together', () => {
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
    ['BRAND_NAME', '9f2c'.repeat(20)],
    ['MESSAGING_TIMEOUT_MS', 'soon-9f2c'],
    ['SMS_PROVIDERS', 'msg91,pigeon-9f2c'],
    ['SENDGRID_API_KEY', 'hunter2'],
    ['FROM_EMAIL', 'no-address-9f2c'],
    ['SENDGRID_BASE_URL', 'ftp://9f2c.example.in'],
    ['SENDGRID_WEBHOOK_PUBLIC_KEY', 'key-9f2c'],
    ['MSG91_TEMPLATES', '{"otp": {"9f2c": "hunter2"}}'],
    ['MSG91_BASE_URL', 'msg91-9f2c'],
    ['MSG91_WEBHOOK_SECRET', 'hunter2'],
    ['TWILIO_ACCOUNT_SID', 'AC-9f2c'],
    ['TWILIO_MESSAGING_SERVICE_SID', 'MG-9f2c'],
    ['TWILIO_BASE_URL', 'twilio-9f2c'],
    ['PAYOUT_TIMEOUT_MS', 'soon-9f2c'],
    ['RAZORPAYX_BASE_URL', 'razorpayx-9f2c'],
    ['PAYPAL_BASE_URL', 'ftp://9f2c.example.in'],
  ]

  it.each(mistakes)('in %s is named, and its value never printed', (key, value) => {
    const complaint = complaintOf({ [key]: value })
    expect(complaint).toContain(`  ${key}`)
    expect(complaint).not.toMatch(/9f2c|hunter2/)
    expect(complaint).not.toContain(value)
  })

  it('does not hide other mistakes', () => {
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
  ])('is reported for %s=%s', (key, value) => {
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

describe('MSG91_TEMPLATES', () => {
  const read = (text: string) => readEnv({ MSG91_AUTH_KEY: 'key', MSG91_TEMPLATES: text })

  it('names a registered text for each event and language', () => {
    const templates = { otp: { en: '65aa', hi: '65ab' }, 'cashback-credited': { en: '65ac' } }
    expect(read(JSON.stringify(templates)).MSG91_TEMPLATES).toEqual(templates)
  })

  it.each([
    'null',
    '{"otp":',
    '[]',
    '"65aa"',
    '{"otp": "65aa"}',
    '{"otp": {"english": "65aa"}}',
    '{"otp": {"en": ""}}',
    '{"otp": {"en": 65}}',
    '{"OTP 1": {"en": "65aa"}}',
  ])('refuses %s', (text) => {
    expect(() => read(text)).toThrow('MSG91_TEMPLATES: needs JSON such as')
  })
})

describe('SMS_PROVIDERS', () => {
  it.each([
    ['twilio,msg91', ['twilio', 'msg91']],
    [' twilio ', ['twilio']],
    ['twilio, twilio', ['twilio']],
    [',', ['msg91', 'twilio']],
  ])('reads "%s" as an order', (text, order) => {
    expect(readEnv({ ...MSG91, ...TWILIO, SMS_PROVIDERS: text }).SMS_PROVIDERS).toEqual(order)
  })
})

describe('SENDGRID_WEBHOOK_PUBLIC_KEY', () => {
  const keyOf = (namedCurve: string) =>
    generateKeyPairSync('ec', { namedCurve })
      .publicKey.export({ format: 'der', type: 'spki' })
      .toString('base64')

  it('is a P-256 key as SendGrid shows it', () => {
    const key = keyOf('P-256')
    expect(readEnv({ ...SENDGRID, SENDGRID_WEBHOOK_PUBLIC_KEY: key })).toMatchObject({
      SENDGRID_WEBHOOK_PUBLIC_KEY: key,
    })
    const other = { ...SENDGRID, SENDGRID_WEBHOOK_PUBLIC_KEY: keyOf('P-384') }
    expect(() => readEnv(other)).toThrow('SENDGRID_WEBHOOK_PUBLIC_KEY: not a P-256 key')
  })
})

const SENDGRID = { SENDGRID_API_KEY: 'SG.9f2c', FROM_EMAIL: 'no-reply@example.in' }
const MSG91 = { MSG91_AUTH_KEY: '9f2c', MSG91_TEMPLATE_ID: '65aa' }
const TWILIO = {
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: '9f2c',
  TWILIO_FROM: '+15005550006',
}

describe('a provider of messages', () => {
  it.each([
    [{}],
    [SENDGRID],
    [MSG91],
    [{ MSG91_AUTH_KEY: 'key', MSG91_TEMPLATES: '{"otp":{"en":"65aa"}}' }],
    [TWILIO],
    [{ ...TWILIO, TWILIO_FROM: '', TWILIO_MESSAGING_SERVICE_SID: `MG${'0'.repeat(32)}` }],
    [{ ...SENDGRID, ...MSG91, ...TWILIO }],
    [{ FROM_NAME: 'Example' }],
  ])('may be complete or absent: %j', (source: Record<string, string>) => {
    expect(readEnv(source)).toMatchObject(
      Object.fromEntries(
        Object.entries(source).filter(([key, value]) => value && key !== 'MSG91_TEMPLATES'),
      ),
    )
  })

  it.each([
    ['SendGrid', { SENDGRID_API_KEY: 'SG.9f2c' }, ['FROM_EMAIL']],
    ['SendGrid', { FROM_EMAIL: 'no-reply@example.in' }, ['SENDGRID_API_KEY']],
    [
      'SendGrid',
      { SENDGRID_BASE_URL: 'http://127.0.0.1:4000' },
      ['SENDGRID_API_KEY', 'FROM_EMAIL'],
    ],
    ['MSG91', { MSG91_AUTH_KEY: '9f2c' }, ['MSG91_TEMPLATES or MSG91_TEMPLATE_ID']],
    ['MSG91', { MSG91_TEMPLATE_ID: '9f2c' }, ['MSG91_AUTH_KEY']],
    [
      'MSG91',
      { MSG91_SENDER_ID: '9f2c' },
      ['MSG91_AUTH_KEY', 'MSG91_TEMPLATES or MSG91_TEMPLATE_ID'],
    ],
    ['Twilio', { ...TWILIO, TWILIO_FROM: '' }, ['TWILIO_FROM or TWILIO_MESSAGING_SERVICE_SID']],
    ['Twilio', { ...TWILIO, TWILIO_ACCOUNT_SID: '' }, ['TWILIO_ACCOUNT_SID']],
    ['Twilio', { ...TWILIO, TWILIO_AUTH_TOKEN: ' ' }, ['TWILIO_AUTH_TOKEN']],
    [
      'Twilio',
      { TWILIO_BASE_URL: 'http://127.0.0.1:4000' },
      ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN'],
    ],
  ])('%s may not be half configured: %j', (name, source, missing) => {
    const complaint = complaintOf(source)
    for (const keys of missing) {
      expect(complaint).toContain(`  ${keys}: needed, as ${name} is partly configured`)
    }
    expect(complaint).not.toContain('9f2c')
  })

  it('may not be listed without its settings', () => {
    expect(complaintOf({ SMS_PROVIDERS: 'twilio' })).toContain(
      'TWILIO_AUTH_TOKEN: needed, as SMS_PROVIDERS names Twilio',
    )
    expect(complaintOf({ ...TWILIO, SMS_PROVIDERS: 'twilio' })).toBe('no complaint')
  })

  it('is named together with all other mistakes', () => {
    const complaint = complaintOf({
      PORT: 'http',
      SENDGRID_API_KEY: 'SG.9f2c',
      MSG91_AUTH_KEY: '9f2c',
      TWILIO_FROM: '9f2c',
    })
    for (const key of ['PORT', 'FROM_EMAIL', 'MSG91_TEMPLATE_ID', 'TWILIO_AUTH_TOKEN']) {
      expect(complaint).toContain(key)
    }
  })
})

const RAZORPAYX = {
  RAZORPAYX_KEY_ID: 'rzp_live_9f2c',
  RAZORPAYX_KEY_SECRET: '9f2c',
  RAZORPAYX_ACCOUNT_NUMBER: '2323230041626905',
}
const CASHFREE = { CASHFREE_CLIENT_ID: 'CF9f2c', CASHFREE_CLIENT_SECRET: '9f2c' }
const PAYPAL = { PAYPAL_CLIENT_ID: 'A9f2c', PAYPAL_CLIENT_SECRET: '9f2c' }
const TREMENDOUS = { TREMENDOUS_API_KEY: 'PROD_9f2c', TREMENDOUS_FUNDING_SOURCE: 'BALANCE' }
const SIMULATED_BANK = {
  SIMULATED_BANK_API_KEY: '9f2c',
  SIMULATED_BANK_WEBHOOK_SECRET: '9f2c',
  SIMULATED_BANK_BASE_URL: 'http://127.0.0.1:4010/simulated-bank',
}

/** Each needed setting alone, and each of the others alone, with the needed ones that are missing. */
const halves = (name: string, needed: Record<string, string>, others: readonly string[]) => {
  const keys = Object.keys(needed)
  return [
    ...Object.entries(needed).map(
      ([key, value]) => [name, key, value, keys.filter((other) => other !== key)] as const,
    ),
    ...others.map((key) => [name, key, '9f2c', keys] as const),
  ]
}

describe('a provider of payouts', () => {
  it.each([
    [RAZORPAYX],
    [{ ...RAZORPAYX, RAZORPAYX_WEBHOOK_SECRETS: 'new,old' }],
    [CASHFREE],
    [{ ...CASHFREE, CASHFREE_WEBHOOK_SECRETS: 'old', CASHFREE_PUBLIC_KEY: 'pem' }],
    [PAYPAL],
    [{ ...PAYPAL, PAYPAL_WEBHOOK_ID: '8PT', PAYPAL_BASE_URL: 'https://api-m.sandbox.paypal.com' }],
    [TREMENDOUS],
    [SIMULATED_BANK],
    [{ ...RAZORPAYX, ...CASHFREE, ...PAYPAL, ...TREMENDOUS, ...SIMULATED_BANK }],
  ])('may be complete or absent: %j', (source) => {
    expect(complaintOf(source)).toBe('no complaint')
  })

  it.each([
    ...halves('RazorpayX', RAZORPAYX, ['RAZORPAYX_WEBHOOK_SECRETS']),
    ...halves('Cashfree', CASHFREE, ['CASHFREE_PUBLIC_KEY', 'CASHFREE_WEBHOOK_SECRETS']),
    ...halves('PayPal', PAYPAL, ['PAYPAL_WEBHOOK_ID']),
    ...halves('Tremendous', TREMENDOUS, []),
    ...halves(
      'The simulated bank',
      { SIMULATED_BANK_API_KEY: '9f2c', SIMULATED_BANK_BASE_URL: 'http://127.0.0.1:4010' },
      ['SIMULATED_BANK_WEBHOOK_SECRET'],
    ),
  ])('%s may not be configured by %s alone', (name, key, value, missing) => {
    const complaint = complaintOf({ [key]: value })
    for (const other of missing) {
      expect(complaint).toContain(`  ${other}: needed, as ${name} is partly configured`)
    }
    expect(complaint).not.toContain('9f2c')
  })
})
