import { setTimeout as wait } from 'node:timers/promises'

import { createLocalReq } from 'payload'

import { inTransaction } from '../../src/database/inTransaction.ts'
import { orderConfirmed } from '../../src/messaging/templates/orderConfirmed.ts'
import { queueNotifications } from '../../src/messaging/outbox/queueNotifications.ts'
import { freePort } from '../../src/server/postgres/freePort.ts'
import { spawnSimulator } from '../../src/server/processes/spawnSimulator.ts'
import { spawnWorker } from '../../src/server/processes/spawnWorker.ts'
import { createUser, signIn } from '../support/factories.ts'
import { type BuiltProduct, startBuiltProduct } from '../support/startBuiltProduct.ts'
import { pickSome } from './pickSome.ts'
import type { Finding, Proof } from './types.ts'

const PROVIDERS = ['sendgrid', 'twilio', 'msg91'] as const
type Provider = (typeof PROVIDERS)[number]
/** How a notification ends under a lasting fault. Null where the provider has no such fault. */
type Outcome = 'accepted' | 'dead' | 'retried' | 'unknown' | null

const OUTCOMES: Record<string, Record<Provider, Outcome>> = {
  'rate-limited': { sendgrid: 'retried', twilio: 'retried', msg91: 'retried' },
  'rate-limited-with-retry-after': { sendgrid: 'retried', twilio: 'retried', msg91: 'retried' },
  'server-error': { sendgrid: 'retried', twilio: 'retried', msg91: 'unknown' },
  slow: { sendgrid: 'unknown', twilio: 'unknown', msg91: 'unknown' },
  'reset-after-accept': { sendgrid: 'unknown', twilio: 'unknown', msg91: 'unknown' },
  truncated: { sendgrid: 'unknown', twilio: 'unknown', msg91: 'unknown' },
  unauthorized: { sendgrid: 'dead', twilio: 'dead', msg91: 'dead' },
  'bad-recipient': { sendgrid: 'dead', twilio: 'dead', msg91: 'dead' },
  'opted-out': { sendgrid: 'accepted', twilio: 'dead', msg91: 'accepted' },
  'wrong-template': { sendgrid: 'dead', twilio: 'dead', msg91: 'dead' },
  'error-in-200': { sendgrid: null, twilio: null, msg91: 'dead' },
}

/** The status and reason of the row for each outcome. */
const ROW_PATTERNS: Record<Exclude<Outcome, null>, RegExp> = {
  accepted: /^sent $/,
  dead: /^dead (?!attempts-used-up|outcome-unknown)\S/,
  retried: /^dead attempts-used-up: /,
  unknown: /^dead outcome-unknown$/,
}

/** The share of each provider's faults in the quick form. The seed chooses which. */
const QUICK_SHARE = 1 / 3
/** Much longer than a response takes on a busy machine. */
const TIMEOUT_MS = 1_500
const SLOW_SECONDS = 4

/**
 * Sets every fault of every provider in the simulator, and sends a message with the built worker.
 */
export const providerFaults: Proof = {
  name: 'provider-faults',
  claim: 'each fault of each provider has its listed outcome, and a dead letter can be sent again',
  isOnEmbeddedOnly: true,
  run: async ({ isQuick, postgres, seed }) => {
    const simulator = await spawnSimulator()
    const product = await startBuiltProduct(postgres, settingsAt(simulator.url, 'twilio'))
    const authorization = await signIn(
      product.payload,
      await createUser(product.payload, { role: 'admin' }),
    )
    const findings: Finding[] = []
    try {
      for (const [index, provider] of PROVIDERS.entries()) {
        const worker = spawnWorker(await freePort(), {
          ...settingsAt(simulator.url, provider),
          DATABASE_URL: product.web.databaseUrl,
          PAYLOAD_SECRET: product.web.secret,
        })
        await worker.untilReady()
        const setup: Setup = { product, url: simulator.url, authorization, provider }
        const faults = pickSome(Object.keys(OUTCOMES), isQuick ? QUICK_SHARE : 1, seed + index)
        for (const fault of faults) findings.push(...(await proveFault(setup, fault)))
        await worker.stop()
      }
      return findings
    } finally {
      await product.stop()
      await simulator.stop()
    }
  },
}

type Setup = { product: BuiltProduct; url: string; authorization: string; provider: Provider }

const settingsAt = (url: string, provider: Provider): Record<string, string> => ({
  SENDGRID_API_KEY: 'SG.proof',
  FROM_EMAIL: 'rewards@proof.test',
  SENDGRID_BASE_URL: `${url}/sendgrid`,
  PUBLIC_URL: 'https://rewards.proof.test',
  SMS_PROVIDERS: provider === 'msg91' ? 'msg91' : 'twilio',
  ...(provider === 'msg91'
    ? {
        MSG91_AUTH_KEY: 'proof',
        MSG91_TEMPLATE_ID: 'proof-template',
        MSG91_BASE_URL: `${url}/msg91`,
      }
    : {
        TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
        TWILIO_AUTH_TOKEN: 'proof',
        TWILIO_FROM: '+15005550006',
        TWILIO_BASE_URL: `${url}/twilio`,
      }),
  MESSAGING_TIMEOUT_MS: String(TIMEOUT_MS),
  OUTBOX_RETRY_SECONDS: '0.1',
  OUTBOX_UNKNOWN_SECONDS: '0.3',
})

const control = (url: string, method: string, path: string, body?: object) =>
  fetch(`${url}/control/${path}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })

const proveFault = async (setup: Setup, fault: string): Promise<Finding[]> => {
  const { product, provider, url } = setup
  const outcome = OUTCOMES[fault]?.[provider]
  if (!outcome) return []
  const key = `${provider}:${fault}`
  await control(url, 'POST', 'faults', { provider, fault, times: 1_000, seconds: SLOW_SECONDS })
  await queue(product, key, provider === 'sendgrid' ? 'email' : 'sms')
  const row = await untilFinal(product, key)
  await control(url, 'DELETE', 'faults')
  const seen = `${row.status} ${row.reason ?? ''}`
  const finding = {
    guarantee: `${provider}: the outcome of ${fault} is ${outcome}`,
    holds: ROW_PATTERNS[outcome].test(seen),
    seen,
  }
  if (outcome === 'accepted') return [finding]
  return [finding, await retryDeadLetter(setup, row.id, key)]
}

const queue = async ({ payload, query }: BuiltProduct, key: string, kind: 'email' | 'sms') => {
  await query('delete from suppressions')
  await query(`delete from rate_limits where key like 'provider-%'`)
  const to = kind === 'email' ? { email: 'asha@proof.test' } : { sms: '+919845066620' }
  const notice = { key, template: orderConfirmed, data: orderConfirmed.sample, to }
  const req = await createLocalReq({}, payload)
  await inTransaction(req, () => queueNotifications(req, [notice], new Date()))
}

type Row = { id: string; status: string; reason: string | null }

const untilFinal = async ({ query }: BuiltProduct, key: string): Promise<Row> => {
  const giveUp = Date.now() + 60_000
  for (;;) {
    const [row] = await query<Row>(
      `select id, status::text, reason from notifications where dedupe_key like $1`,
      [`${key}:%`],
    )
    const isOpen = row && ['pending', 'sending', 'unknown'].includes(row.status)
    if (row && (!isOpen || Date.now() > giveUp)) return row
    await wait(50)
  }
}

/** Retries the dead letter as an admin, after the fault is cleared. */
const retryDeadLetter = async (
  { authorization, product, url, provider }: Setup,
  id: string,
  key: string,
): Promise<Finding> => {
  await product.query('delete from suppressions')
  await product.query(`delete from rate_limits where key like 'provider-%'`)
  const response = await fetch(`${product.web.baseUrl}/api/notifications/${id}/retry`, {
    method: 'POST',
    headers: { Authorization: authorization },
  })
  const row = await untilFinal(product, key)
  const found = await control(url, 'GET', `messages?provider=${provider}&customId=${id}`)
  const { messages } = (await found.json()) as { messages: unknown[] }
  return {
    guarantee: `${key.replace(':', ': ')}: the dead letter is sent when an admin retries it`,
    holds: response.ok && row.status === 'sent' && messages.length > 0,
    seen: `${response.status}, ${row.status} ${row.reason ?? ''}`,
  }
}
