import { createHash } from 'node:crypto'

import { pino } from 'pino'

import { decrypt } from '../../src/platform/encryption.ts'
import { findOutbox } from '../../src/messaging/outbox/findOutbox.ts'
import type { User } from '../../src/payload-types.ts'
import { openMethod } from '../../src/payouts/methods/openMethod.ts'
import { createMachine, createUser, signIn } from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

/**
 * Known account numbers and tax ids go through every route. None may be visible anywhere: in no row,
 * no answer, no line of the log.
 */
const NUMBERS = {
  vpa: 'canary.vpa77@okhdfc',
  accountNumber: '50100077344556',
  iban: 'DE89370400440532013000',
  paypal: 'canary.paypal77@mail.test',
  card: 'canary.card77@mail.test',
  pan: 'ZQXPC7734K',
  formerPan: 'ZQXPC7735L',
  ssn: '773445512',
}
const CANARIES = Object.values(NUMBERS)
const METHODS = [
  { kind: 'upi', vpa: NUMBERS.vpa.toUpperCase(), holderName: 'Asha Rao' },
  {
    kind: 'bank-in',
    accountNumber: '5010 0077 3445 56',
    ifsc: 'HDFC0001234',
    holderName: 'Asha Rao',
  },
  { kind: 'iban', iban: 'de89 3704 0044 0532 0130 00', holderName: 'Asha Rao' },
  { kind: 'paypal', email: NUMBERS.paypal, holderName: 'Asha Rao' },
  { kind: 'gift-card', product: 'OKMHM2X2OHYV', email: NUMBERS.card },
]
const logged: string[] = []
const answers: string[] = []
const tokens = new Map<string, string | undefined>([['anonymous', undefined]])
const ids: string[] = []
let product: Product
let member: User
let rows = ''

beforeAll(async () => {
  product = await startProduct()
  const { payload } = product
  payload.logger = pino({ level: 'trace' }, { write: (line: string) => logged.push(line) })
  const phone = '+919845088810'
  const phoneVerifiedAt = '2026-01-01T00:00:00.000Z'
  member = await createUser(payload, { name: 'Asha Rao', phone, phoneVerifiedAt })
  tokens.set('owner', await signIn(payload, member))
  for (const role of ['member', 'support', 'finance', 'admin'] as const) {
    tokens.set(role, await signIn(payload, await createUser(payload, { role })))
  }
  tokens.set('machine', await createMachine(payload, ['members:read']))
  await useEveryRoute()
  await requestEverything()
  rows = await everyRow()
})
afterAll(() => product.close())

const call = async (method: string, path: string, body?: object, role = 'owner') => {
  const response = await product.raw(method, path, {
    authorization: tokens.get(role),
    headers: { 'Idempotency-Key': `${method} ${path} ${answers.length}` },
    ...(body ? { body } : {}),
  })
  const text = await response.text()
  answers.push(text)
  return { status: response.status, text }
}

const useEveryRoute = async () => {
  for (const method of METHODS) {
    const { status, text } = await call('POST', '/api/payout-methods', method)
    expect(status).toBe(201)
    ids.push((JSON.parse(text) as { id: string }).id)
    await call('POST', '/api/payout-methods', method) // a duplicate
    await call('POST', '/api/payout-methods', { ...method, nope: 1 })
    await call('POST', '/api/payout-methods', { ...method, holderName: '' })
  }
  const mistyped = { kind: 'upi', holderName: 'Asha Rao', vpa: `${NUMBERS.vpa}@` }
  await call('POST', '/api/payout-methods', mistyped)
  await call('POST', '/api/payout-methods', { ...METHODS[1], ifsc: NUMBERS.accountNumber })
  await call('POST', '/api/payout-methods', { ...METHODS[2], iban: `${NUMBERS.iban}0` })
  for (const id of ids) {
    await call('POST', `/api/payout-methods/${id}/send-code`, {})
    await call('POST', `/api/payout-methods/${id}/confirm`, { code: await sentCode() })
  }
  await call('POST', `/api/payout-methods/${ids[4]}/remove`, {})
  await call('POST', '/api/tax-ids', { country: 'US', number: NUMBERS.ssn })
  await call('POST', '/api/tax-ids', { country: 'IN', number: NUMBERS.formerPan })
  await call('POST', '/api/tax-ids', { country: 'IN', number: NUMBERS.pan })
  await call('POST', '/api/tax-ids', { country: 'IN', number: `${NUMBERS.pan}1` })
}

const sentCode = async (): Promise<string> => {
  const [row] = await product.sql<{ key: string; secret: string }>(
    `select dedupe_key as key, secret from notifications where template = 'payout-method-code'
     order by id desc limit 1`,
  )
  const { encryptionKey } = findOutbox(product.payload)
  const data = decrypt(encryptionKey, row?.secret ?? '', row?.key ?? '')
  return (JSON.parse(data) as { code: string }).code
}

/** Everything that each role can request. */
const requestEverything = async () => {
  const { payload } = product
  const paths = [
    ...payload.config.collections.map(({ slug }) => `/api/${slug}?limit=500&depth=2`),
    ...payload.config.collections.map(({ slug }) => `/api/${slug}?showHiddenFields=true`),
    ...ids.map((id) => `/api/payout-methods/${id}?depth=2&showHiddenFields=true`),
    '/api/payout-methods?select[sealed]=true&select[fingerprint]=true',
    '/api/tax-ids/report?year=2026&currency=INR',
  ]
  const queries = [
    '{ PayoutMethods(limit: 500) { docs { id display holderName bankCode member { id } } } }',
    '{ PayoutMethods { docs { id sealed fingerprint } } }',
    '{ TaxIds(limit: 500) { docs { id display country } } }',
    '{ TaxIds { docs { id sealed fingerprint } } }',
    '{ AuditLogs(limit: 500) { docs { id before after reason } } }',
    '{ Notifications(limit: 500) { docs { id to data } } }',
  ]
  for (const [role, authorization] of tokens) {
    for (const path of paths) await call('GET', path, undefined, role)
    for (const query of queries) {
      answers.push(JSON.stringify((await product.graphql(query, authorization)).body))
    }
  }
}

/** Every row of the database as text. */
const everyRow = async (): Promise<string> => {
  const tables = await product.sql<{ name: string }>(`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`)
  const texts: string[] = []
  for (const { name } of tables) {
    const found = await product.sql<{ row: string }>(
      `select to_jsonb(t)::text as row from ${name} t`,
    )
    texts.push(name, ...found.map(({ row }) => row))
  }
  return texts.join('\n')
}

/** The number itself, and the encodings and plain hashes in which it could be stored. */
const listSpellings = (number: string): string[] => {
  const bytes = [number, number.toUpperCase()].map((text) => Buffer.from(text))
  const hashes = ['md5', 'sha1', 'sha256', 'sha512'].flatMap((name) =>
    bytes.map((one) => createHash(name).update(one).digest()),
  )
  const encoded = [...bytes, ...hashes].flatMap((one) => [
    one.toString('hex'),
    one.toString('base64').replace(/=+$/, ''),
    one.toString('base64url'),
  ])
  return [number, number.toUpperCase(), ...encoded]
}
const findCanaries = (text: string): string[] =>
  CANARIES.flatMap(listSpellings).filter((spelling) =>
    text.toLowerCase().includes(spelling.toLowerCase()),
  )

it('the numbers are stored, can be opened by the sender, and the search finds them', async () => {
  const opened = await Promise.all(ids.map((id) => openMethod(product, id)))
  expect(findCanaries(JSON.stringify(opened))).toEqual(expect.arrayContaining(CANARIES.slice(0, 5)))
  expect(await product.sql('select count(*)::int as n from tax_ids')).toEqual([{ n: 3 }])
  expect(
    await product.sql(
      'select status::text, count(*)::int as n from payout_methods group by 1 order by 1',
    ),
  ).toEqual([
    { status: 'active', n: 4 },
    { status: 'removed', n: 1 },
  ])
  expect(rows).toContain('•••• 4556')
  expect(answers.join()).toContain('•••• 734K')
  expect(logged.length).toBeGreaterThan(0)
})

it('no row of any table contains them', () => {
  expect(findCanaries(rows)).toEqual([])
})

it('no answer to any role contains them, nor what is stored of them', async () => {
  const all = answers.join('\n')
  expect(findCanaries(all)).toEqual([])
  const stored = await product.sql<{ sealed: string; fingerprint: string }>(
    `select sealed, fingerprint from payout_methods union all select sealed, fingerprint from tax_ids`,
  )
  expect(stored).toHaveLength(8)
  for (const { fingerprint, sealed } of stored) {
    expect([all.includes(sealed), all.includes(fingerprint)]).toEqual([false, false])
  }
})

it('no line of the log contains them', () => {
  expect(findCanaries(logged.join('\n'))).toEqual([])
})

it.each([
  'payout-methods?where[sealed][exists]=true',
  'payout-methods?where[fingerprint][like]=a',
  'payout-methods?sort=fingerprint',
  'tax-ids?where[sealed][like]=v1',
  'tax-ids?sort=sealed',
  'withdrawals?where[method.fingerprint][exists]=true',
  'withdrawals?where[taxId.sealed][exists]=true',
])('no query confirms a guess: %s', async (query) => {
  for (const [role, authorization] of tokens) {
    const { body, status } = await product.rest<{ totalDocs?: number }>('GET', `/api/${query}`, {
      authorization,
    })
    const isRefused = status >= 400 && status !== 500
    expect([role, status, isRefused || body.totalDocs === 0]).toEqual([role, status, true])
  }
})
