import http from 'node:http'
import { text as readText } from 'node:stream/consumers'

import { pino } from 'pino'

import type { User } from '../../src/payload-types.ts'
import { BUILT_IN_PROFILES } from '../../src/payouts/bankFiles/builtInProfiles.ts'
import { openSimulated } from '../../src/payouts/drivers/simulated.ts'
import type { PayoutAccount } from '../../src/payouts/drivers/types.ts'
import { dayIn } from '../../src/domain/zonedDay.ts'
import { createMachine, createUser, signIn } from '../../test/support/factories.ts'
import { listenLocally } from '../../test/support/listenLocally.ts'
import {
  createMethod,
  creditMember,
  setDriver,
  setPayoutRules,
} from '../../test/support/payoutFactories.ts'
import { approve, createWithdrawal, lookUp, pay } from '../../test/support/payoutSteps.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

/**
 * Accounts are paid by a provider that repeats them in every answer, and by a file for the bank that
 * is answered with them. Nobody but finance, by that file, sees a number.
 */
const ACCOUNTS: PayoutAccount[] = [
  { kind: 'upi', vpa: 'canary.upi88@okhdfc', holderName: 'Asha Rao' },
  {
    kind: 'bank-in',
    accountNumber: '50100088344556',
    ifsc: 'HDFC0001234',
    holderName: 'Asha Rao',
  },
  { kind: 'iban', iban: 'DE89370400440532013000', bic: null, holderName: 'Asha Rao' },
  { kind: 'paypal', email: 'canary.paypal88@mail.test', holderName: 'Asha Rao' },
]
const IN_FILE = '50100099344557'
const CANARIES = [
  'canary.upi88@okhdfc',
  '50100088344556',
  'DE89370400440532013000',
  'canary.paypal88@mail.test',
  IN_FILE,
]
const PROFILE = BUILT_IN_PROFILES.genericCsv
const logged: string[] = []
const answers: string[] = []
const tokens = new Map<string, string | undefined>([['anonymous', undefined]])
let product: Product
let provider: Awaited<ReturnType<typeof listenLocally>>
let [owner, finance] = [] as unknown as [User, User]
let [rows, file, batch] = ['', '', '']
let payouts: { status: string; detail: string | null }[] = []

beforeAll(async () => {
  product = await startProduct()
  const { payload } = product
  payload.logger = pino({ level: 'trace' }, { write: (line: string) => logged.push(line) })
  owner = await createUser(payload, { name: 'Asha Rao' })
  finance = await createUser(payload, { role: 'finance' })
  tokens.set('owner', await signIn(payload, owner))
  for (const role of ['member', 'support', 'admin'] as const) {
    tokens.set(role, await signIn(payload, await createUser(payload, { role })))
  }
  tokens.set('finance', await signIn(payload, finance))
  tokens.set('machine', await createMachine(payload, ['members:read']))
  await setPayoutRules(product, [
    ...ACCOUNTS.map(({ kind }) => ({ kind })),
    { kind: 'gift-card', driver: 'bank-file', bank_profile: PROFILE.name },
  ])
  await creditMember(payload, { member: owner.id, amountMinor: 1_000_000 })
  await payByProvider()
  await payByFile()
  await requestEverything()
  rows = await readEveryRow()
  payouts = await product.sql(`select status::text, detail from payout_attempts order by key`)
})
afterAll(async () => {
  await provider.close()
  await product.close()
})

const call = async (method: string, path: string, body?: unknown, role = 'finance') => {
  const response = await product.raw(method, path, {
    authorization: tokens.get(role),
    headers: {
      'Idempotency-Key': `${role} ${method} ${path.slice(0, 100)} ${answers.length}`,
      ...(typeof body === 'string' ? { 'Content-Type': 'text/csv' } : {}),
    },
    ...(body === undefined ? {} : { body }),
  })
  return { status: response.status, text: await response.text() }
}
const keep = async (...given: Parameters<typeof call>) => {
  const answer = await call(...given)
  answers.push(answer.text)
  return answer
}

/**
 * A provider that repeats the order in all that it says: every second order it refuses, and of the
 * others it answers nothing of use, and says in a look-up that they have failed.
 */
const payByProvider = async () => {
  const orders = new Map<string, string>()
  const server = http.createServer((request, response) => {
    void readText(request).then((order) => {
      const key = String(request.headers['idempotency-key'] ?? request.url?.split('/').at(-1))
      if (order) orders.set(key, order)
      const place = [...orders.keys()].indexOf(key)
      const words = `wrong account: ${orders.get(key) ?? ''}`
      const isRefused = place % 2 === 0
      const status = order ? (isRefused ? 400 : 500) : isRefused ? 404 : 200
      const error = { code: order ? 'invalid' : 'payout_not_found', message: words }
      const payout = {
        id: `p${place}`,
        key,
        status: 'failed',
        reason: 'account_closed',
        text: words,
      }
      response.writeHead(status, { 'Content-Type': 'application/json' })
      response.end(JSON.stringify({ ...payout, reference: null, feeMinor: null, error }))
    })
  })
  provider = await listenLocally(server)
  const settings = { baseUrl: provider.url, apiKey: 'key', privateHosts: 'any' as const }
  setDriver(product.payload, openSimulated(settings))
  // Each account is refused once, and found to have failed once.
  for (const account of [...ACCOUNTS, ACCOUNTS[3], ...ACCOUNTS.slice(0, 3)]) {
    if (!account) continue
    const method = await createMethod(product, { member: owner.id, account })
    const id = await createWithdrawal(product, { member: owner, method, grossMinor: 10_000 })
    await approve(product, finance.id, [id])
    await pay(product, new Date(Date.now() + 1_000))
  }
  await lookUp(product, new Date(Date.now() + 3_600_000))
}

/** A bank that repeats the account number in all columns of its answer. */
const payByFile = async () => {
  await setPayoutRules(product, [
    { kind: 'bank-in', driver: 'bank-file', bank_profile: PROFILE.name },
  ])
  const account = { ...ACCOUNTS[1], accountNumber: IN_FILE } as PayoutAccount
  const method = await createMethod(product, { member: owner.id, account })
  const id = await createWithdrawal(product, { member: owner, method, grossMinor: 20_000 })
  await approve(product, finance.id, [id])
  const payDate = dayIn(new Date(), PROFILE.timeZone)
  const made = await keep(
    'POST',
    '/api/payout-batches',
    { bankProfile: PROFILE.name, payDate },
    'admin',
  )
  batch = (JSON.parse(made.text) as { id: string }).id
  file = (await call('GET', `/api/payout-batches/${batch}/file`)).text
  for (const role of ['owner', 'member', 'support', 'machine', 'anonymous']) {
    await keep('GET', `/api/payout-batches/${batch}/file`, undefined, role)
  }
  const header = 'Reference,Status,Bank reference,Account number,IFSC,Amount,Reason,Paid on'
  const line = (key: string, status: string) =>
    [key, status, '', IN_FILE, 'HDFC0001234', '200.00', `account ${IN_FILE} closed`, payDate].join()
  const [attempt] = await product.sql<{ key: string }>(
    `select key from payout_attempts where batch_id = '${batch}'`,
  )
  const answer = [header, line('', 'Odd'), line(IN_FILE, 'Paid'), line(attempt?.key ?? '', 'Odd')]
  const query = `bankProfile=${PROFILE.name}&name=answer.csv`
  await keep('POST', `/api/payout-batches/preview-results?${query}`, answer.join('\r\n'))
  await keep('POST', `/api/payout-batches/import-results?${query}`, answer.join('\r\n'))
  const failed = [header, line(attempt?.key ?? '', 'Failed')].join('\r\n')
  await keep('POST', `/api/payout-batches/import-results?${query}`, failed)
}

/** Everything about payouts that each role can request. */
const requestEverything = async () => {
  const { config } = product.payload
  const withdrawals = await product.sql<{ id: string }>('select id::text from withdrawals')
  const paths = [
    ...config.collections.map(({ slug }) => `/api/${slug}?limit=500&depth=2&showHiddenFields=true`),
    ...withdrawals.flatMap(({ id }) => [
      `/api/withdrawals/${id}/explain`,
      `/api/withdrawals/${id}/desk`,
      `/api/withdrawals/${id}/cards`,
    ]),
    '/api/withdrawals/desk',
    '/api/globals/payout-config',
    '/api/payout-batches/reconciliation?from=2026-01-01&to=2026-12-31&currency=INR',
    '/api/payout-batches/reconciliation?from=2026-01-01&to=2026-12-31&currency=INR&format=csv',
    '/api/billing/wallet/statement?currency=INR',
    '/api/billing/wallet/statement?currency=INR&format=csv',
    '/api/tax-ids/report?year=2026&currency=INR',
  ]
  for (const role of tokens.keys()) {
    for (const path of paths) await keep('GET', path, undefined, role)
  }
}

const readEveryRow = async (): Promise<string> => {
  const tables = await product.sql<{ name: string }>(`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`)
  const texts: string[] = []
  for (const { name } of tables) {
    const found = await product.sql<{ row: string }>(
      `select to_jsonb(t)::text as row from ${name} t`,
    )
    texts.push(...found.map(({ row }) => `${name} ${row}`))
  }
  return texts.join('\n')
}

/** The numbers, and the encodings in which they could be stored. */
const findCanaries = (text: string): string[] =>
  CANARIES.flatMap((number) => [
    number,
    Buffer.from(number).toString('base64').replace(/=+$/, ''),
    Buffer.from(number).toString('hex'),
  ]).filter((spelling) => text.toLowerCase().includes(spelling.toLowerCase()))

it('the accounts were used: attempts failed, and finance has the file for the bank', () => {
  expect(payouts).toHaveLength(9)
  expect(payouts.filter(({ status }) => status === 'failed')).toHaveLength(9)
  expect(payouts.filter(({ detail }) => detail !== null).length).toBeGreaterThan(7)
  expect(findCanaries(file)).toEqual([IN_FILE])
  expect(rows).toContain('answer.csv')
  expect(answers.join('\n')).toContain('•••• 4557')
})

it('no row of any table has a number, neither by a provider nor by a bank', () => {
  const lines = rows.split('\n').filter((line) => findCanaries(line).length > 0)
  expect(lines.map((line) => line.slice(0, 300))).toEqual([])
})

it('no answer to any role has a number', () => {
  expect(answers.filter((text) => findCanaries(text).length > 0)).toEqual([])
})

it('no line of the log has a number', () => {
  expect(logged.filter((line) => findCanaries(line).length > 0)).toEqual([])
})

it('others than finance and admins get no file', async () => {
  for (const role of ['owner', 'member', 'support', 'machine', 'anonymous']) {
    const { status } = await call('GET', `/api/payout-batches/${batch}/file`, undefined, role)
    expect([role, [401, 403].includes(status)]).toEqual([role, true])
  }
})
