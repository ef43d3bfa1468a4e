import { createHash } from 'node:crypto'

import { pino } from 'pino'

import { type Job, registeredJobs } from '../../src/platform/jobs/defineJob.ts'
import { provideEnv } from '../../src/config/env.ts'
import type { User } from '../../src/payload-types.ts'
import { runJob } from '../../src/server/jobs/runJob.ts'
import { createMachine, createUser, signIn } from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'
import { useSimulator } from '../../test/support/useSimulator.ts'

/**
 * Two known secrets, a code and a reset link, go through the outbox. Neither may be visible anywhere
 * except in the message itself.
 */
const PHONE = '+919845066690'
const simulator = useSimulator()
const logged: string[] = []
const dumps: Record<string, string> = {}
const tokens = new Map<string, string | undefined>([['anonymous', undefined]])
let product: Product
let member: User
let code: string
let token: string

beforeAll(async () => {
  provideEnv({
    SENDGRID_API_KEY: 'SG.any',
    FROM_EMAIL: 'shop@shop.test',
    SENDGRID_BASE_URL: `${simulator.url()}/sendgrid`,
    SMS_PROVIDERS: 'twilio',
    TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
    TWILIO_AUTH_TOKEN: 'any',
    TWILIO_FROM: '+15005550006',
    TWILIO_BASE_URL: `${simulator.url()}/twilio`,
  })
  product = await startProduct()
  const { payload, rest, sql } = product
  payload.logger = pino({ level: 'trace' }, { write: (line: string) => logged.push(line) })
  member = await createUser(payload)
  tokens.set('owner', await signIn(payload, member))
  for (const role of ['member', 'support', 'finance', 'admin'] as const) {
    tokens.set(role, await signIn(payload, await createUser(payload, { role })))
  }
  tokens.set('machine', await createMachine(payload, ['members:read', 'payments:write']))

  const authorization = tokens.get('owner')
  await rest('POST', '/api/phone/otp', { authorization, body: { phone: PHONE } })
  await rest('POST', '/api/users/forgot-password', { body: { email: member.email } })
  dumps.pending = await everyRow()
  await simulator.control('/faults', { provider: 'twilio', fault: 'rate-limited', times: 1 })
  await simulator.control('/faults', { provider: 'sendgrid', fault: 'rate-limited', times: 1 })
  await work()
  dumps.refused = await everyRow()
  await requestEverything('refused')
  await sql(`update notifications set next_attempt_at = now() - interval '1 s'`)
  await work()
  dumps.sent = await everyRow()
  await requestEverything('sent')

  const { messages } = await simulator.control<{ messages: { to: string; text: string }[] }>(
    '/messages',
  )
  const textsTo = (to: string) => messages.filter((each) => each.to === to).map(({ text }) => text)
  code = /\b\d{6}\b/.exec(textsTo(PHONE).join())?.[0] ?? ''
  token = /[0-9a-f]{40}/.exec(textsTo(member.email).join())?.[0] ?? ''
  await rest('POST', '/api/phone/verify', { authorization, body: { code } })
  dumps.used = await everyRow()
})
afterAll(() => product.close())

/** Runs the messaging jobs of a worker. */
const work = async () => {
  const isOfMessages = ({ kind }: Job) => kind === 'notifications'
  for (const job of registeredJobs(product.payload).filter(isOfMessages)) {
    const { signal } = new AbortController()
    expect(await runJob({ payload: product.payload, job, signal })).toMatchObject({
      status: 'completed',
    })
  }
}

/** Every row of the database, except the columns in which Payload stores the token. */
const everyRow = async (): Promise<string> => {
  const tables = await product.sql<{ name: string }>(`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`)
  const texts: string[] = []
  for (const { name } of tables) {
    const rows = await product.sql<{ row: string }>(
      `select (to_jsonb(t) - 'reset_password_token' - 'reset_password_expiration')::text as row
        from ${name} t`,
    )
    texts.push(name, ...rows.map(({ row }) => row))
  }
  return texts.join('\n')
}

/** Everything that each role can request. */
const requestEverything = async (when: string) => {
  const { graphql, payload, rest, sql } = product
  const rows = await sql<{ id: string }>('select id from notifications')
  const paths = [
    ...payload.config.collections.map(({ slug }) => `/api/${slug}?limit=500&depth=2`),
    ...payload.config.globals.map(({ slug }) => `/api/globals/${slug}?depth=2`),
    ...rows.map(({ id }) => `/api/notifications/${id}?depth=2&showHiddenFields=true`),
    `/api/users/${member.id}?showHiddenFields=true`,
    '/api/users/me',
    '/api/notifications?select[data]=true&select[secret]=true&limit=500',
    '/api/notification-preferences/mine',
  ]
  const query = `{
    Notifications(limit: 500) { docs { id to reason attempts data secret leaseToken user { id } } }
    AuditLogs(limit: 500) { docs { id before after reason } }
    JobRuns(limit: 500) { docs { id report error } }
    Users(limit: 500) { docs { id email phone } } }`
  for (const [role, authorization] of tokens) {
    const texts: string[] = []
    for (const path of paths) {
      texts.push(JSON.stringify((await rest('GET', path, { authorization })).body))
    }
    texts.push(JSON.stringify((await graphql(query, authorization)).body))
    dumps[`${when}, as ${role}`] = texts.join('\n')
  }
}

/** The encodings in which a secret could be stored. Digits within an id are no code. */
const listSpellings = (secret: string): RegExp[] => {
  const bytes = Buffer.from(secret)
  const hashes = ['md5', 'sha1', 'sha256', 'sha512'].map((name) =>
    createHash(name).update(secret).digest(),
  )
  const encoded = [bytes, ...hashes].flatMap((one) => [
    one.toString('hex'),
    one.toString('base64').replace(/=+$/, ''),
    one.toString('base64url'),
  ])
  return [secret, ...encoded].map(
    (text) => new RegExp(`(?<![0-9a-f])${text.replaceAll(/[+/]/g, '\\$&')}(?![0-9a-f])`),
  )
}
const findSecrets = (text: string): string[] =>
  [code, token].flatMap(listSpellings).flatMap((spelling) => spelling.exec(text)?.[0] ?? [])

it('both secrets were sent, and the search finds them where they are', async () => {
  expect(code).toMatch(/^\d{6}$/)
  expect(token).toMatch(/^[0-9a-f]{40}$/)
  expect(findSecrets(`"Your code is ${code}."`)).toEqual([code])
  expect(findSecrets(`"/reset?token=${token}"`)).toEqual([token])
  const [sealed, attempt] = ['"secret": "v1.', '"code": "20429"']
  const holds = (name: string, text: string) => [name, dumps[name]?.includes(text)]
  expect(holds('pending', PHONE)).toEqual(['pending', true])
  expect(holds('pending', sealed)).toEqual(['pending', true])
  expect(holds('refused', sealed)).toEqual(['refused', true])
  expect(holds('sent', attempt)).toEqual(['sent', true])
  expect(holds('sent, as admin', 'password-reset')).toEqual(['sent, as admin', true])
  expect(logged.length).toBeGreaterThan(0)
  expect(
    await product.sql(
      'select reset_password_token as token from users where reset_password_token is not null',
    ),
  ).toEqual([{ token }])
})

it.each(['pending', 'refused', 'sent', 'used'])('no row of any table contains them: %s', (when) => {
  expect(findSecrets(dumps[when] ?? '')).toEqual([])
})

it('no response to any role contains them', () => {
  const answers = Object.entries(dumps).filter(([name]) => name.includes(', as '))
  expect(answers).toHaveLength(tokens.size * 2)
  for (const [name, text] of answers) expect([name, ...findSecrets(text)]).toEqual([name])
})

it('no line of the log contains them', () => {
  expect(findSecrets(logged.join('\n'))).toEqual([])
})

it('the rows contain no secret after they are sent', async () => {
  expect(
    await product.sql(
      `select template, status::text, data, secret from notifications where category = 'security'
        order by template`,
    ),
  ).toEqual([
    { template: 'otp', status: 'sent', data: null, secret: null },
    { template: 'password-reset', status: 'sent', data: null, secret: null },
  ])
})

describe('no query confirms a guess:', () => {
  const queries = [
    ['notifications', 'where[data][like]=%'],
    ['notifications', 'where[data][exists]=true'],
    ['notifications', 'where[data.code][equals]=000000'],
    ['notifications', 'where[secret][exists]=false'],
    ['notifications', 'where[secret][like]=v1'],
    ['notifications', 'where[or][0][and][0][secret][exists]=false'],
    ['notifications', 'where[leaseToken][exists]=false'],
    ['notifications', 'sort=secret'],
    ['notifications', 'sort=-data'],
    ['notifications', 'where[user.resetPasswordToken][exists]=true'],
    ['notification-preferences', 'where[user.resetPasswordToken][exists]=true'],
    ['users', 'where[resetPasswordToken][exists]=true'],
    ['users', 'where[resetPasswordToken][like]=a'],
    ['users', 'sort=resetPasswordToken'],
    ['otp-challenges', 'where[codeHash][exists]=true'],
    ['otp-challenges', 'where[triesLeft][equals]=5'],
  ] as const

  it.each(queries)('%s?%s', async (slug, query) => {
    for (const [role, authorization] of tokens) {
      const { body, status } = await product.rest<{ totalDocs?: number }>(
        'GET',
        `/api/${slug}?${query}`,
        { authorization },
      )
      const isRefused = status >= 400 && status !== 500
      expect([role, status, isRefused || body.totalDocs === 0]).toEqual([role, status, true])
    }
  })

  it.each([
    '{ Notifications(where: { data: { exists: true } }) { totalDocs } }',
    '{ Notifications(where: { secret: { exists: false } }) { totalDocs } }',
    '{ Notifications(where: { secret: { like: "v1" } }) { totalDocs } }',
    '{ Notifications(sort: "secret") { totalDocs } }',
    '{ Users(where: { resetPasswordToken: { exists: true } }) { totalDocs } }',
    '{ countNotifications(where: { secret: { exists: false } }) { totalDocs } }',
  ])('%s', async (query) => {
    for (const [role, authorization] of tokens) {
      const { body } = await product.graphql(query, authorization)
      const isRefused = (body.errors ?? []).length > 0
      expect([role, isRefused]).toEqual([role, true])
    }
  })
})
