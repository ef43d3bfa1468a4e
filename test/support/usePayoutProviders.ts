import { randomUUID } from 'node:crypto'

import type { Router } from 'express'
import { z } from 'zod'

import { applyPayoutEvents } from '../../jobs/payouts/applyPayoutEvents.ts'
import { lookUpDue, payDue } from '../../src/payouts/attempts/payDue.ts'
import type { PayoutAccount } from '../../src/payouts/drivers/types.ts'
import { findPayouts } from '../../src/payouts/findPayouts.ts'
import { openDrivers } from '../../src/payouts/openDrivers.ts'
import { openWebhooks } from '../../src/payouts/openWebhooks.ts'
import { payoutSettings } from '../../src/payouts/settings.ts'
import { payoutWebhooks } from '../../src/server/edge/payoutWebhooks.ts'
import { webhooks } from '../../src/server/edge/webhooks.ts'
import { createUser, signIn } from './factories.ts'
import {
  ACCOUNTS,
  createMethod,
  creditMember,
  setDriver,
  setPayoutRules,
} from './payoutFactories.ts'
import { startEdge } from './startEdge.ts'
import { type Product, startProduct } from './startProduct.ts'
import { useSimulator } from './useSimulator.ts'

export const PROVIDERS = {
  razorpayx: { path: 'razorpayx', currency: 'INR', account: ACCOUNTS.upi },
  cashfree: { path: 'cashfree', currency: 'INR', account: ACCOUNTS['bank-in'] },
  paypal: { path: 'paypal', currency: 'USD', account: ACCOUNTS.paypal },
  simulated: { path: 'simulated-bank', currency: 'INR', account: ACCOUNTS.upi },
  tremendous: { path: null, currency: 'USD', account: ACCOUNTS['gift-card'] },
} as const
export type Provider = keyof typeof PROVIDERS

/** What signs the webhooks of each provider. */
export const SIGNERS: Record<string, { secret?: string; id?: string }> = {
  razorpayx: { secret: 'rzp-webhook-secret' },
  cashfree: { secret: 'cf-client-secret' },
  paypal: { id: '8PT597110X687430LKGECATA' },
  simulated: { secret: 'bank-webhook-secret' },
}

/** The environment of all five providers, at the simulator. */
const payoutEnv = (simulatorUrl: string, over: Record<string, string> = {}) =>
  z.object(payoutSettings).parse({
    RAZORPAYX_KEY_ID: 'rzp_test',
    RAZORPAYX_KEY_SECRET: 'rzp-key-secret',
    RAZORPAYX_ACCOUNT_NUMBER: '7878780080316316',
    RAZORPAYX_WEBHOOK_SECRETS: `next-secret,${SIGNERS.razorpayx?.secret}`,
    RAZORPAYX_BASE_URL: `${simulatorUrl}/razorpayx/v1`,
    CASHFREE_CLIENT_ID: 'cf-client',
    CASHFREE_CLIENT_SECRET: SIGNERS.cashfree?.secret,
    CASHFREE_BASE_URL: `${simulatorUrl}/cashfree/payout`,
    PAYPAL_CLIENT_ID: 'pp-client',
    PAYPAL_CLIENT_SECRET: 'pp-secret',
    PAYPAL_WEBHOOK_ID: SIGNERS.paypal?.id,
    PAYPAL_BASE_URL: `${simulatorUrl}/paypal`,
    TREMENDOUS_API_KEY: 'TEST_key',
    TREMENDOUS_FUNDING_SOURCE: 'BALANCE',
    TREMENDOUS_BASE_URL: `${simulatorUrl}/tremendous/api/v2`,
    SIMULATED_BANK_API_KEY: 'bank-key',
    SIMULATED_BANK_WEBHOOK_SECRET: SIGNERS.simulated?.secret,
    SIMULATED_BANK_BASE_URL: `${simulatorUrl}/simulated-bank`,
    ...over,
  })

export type Payment = {
  /** The withdrawal. */
  id: string
  /** Our key of its attempt. */
  key: string
  member: string
  asMember: string
}

const MINUTE_MS = 60_000

/** A product with the five providers at the simulator, and its webhooks over real HTTP. */
export const usePayoutProviders = () => {
  const simulator = useSimulator()
  let product: Product
  let edge: Awaited<ReturnType<typeof startEdge>>
  let [asFinance, asAdmin] = ['', '']
  const routes = { current: null as unknown as Router }

  beforeAll(async () => {
    product = await startProduct()
    const { payload } = product
    asFinance = await signIn(payload, await createUser(payload, { role: 'finance' }))
    asAdmin = await signIn(payload, await createUser(payload, { role: 'admin' }))
    edge = await startEdge(
      (request, response, next) => {
        void routes.current(request, response, next)
      },
      webhooks({ payload, receivers: [] }),
    )
  })
  beforeEach(async () => {
    await product.sql('delete from inbound_events')
    // New ones, since the simulator forgets the tokens that it issued.
    const drivers = openDrivers(payoutEnv(simulator.url()), { privateHosts: 'any' })
    for (const driver of drivers.values()) setDriver(product.payload, driver)
    open()
    await announce()
  })
  afterAll(async () => {
    await edge.close()
    await product.close()
  })

  /** Opens the routes again, as a process with these settings would. */
  const open = (over: Record<string, string> = {}, names = [...Object.keys(PROVIDERS)]) => {
    const all = findPayouts(product.payload).drivers
    const drivers = new Map([...all].filter(([name]) => names.includes(name)))
    const receivers = openWebhooks(payoutEnv(simulator.url(), over), {
      drivers,
      privateHosts: 'any',
    })
    routes.current = payoutWebhooks({ payload: product.payload, receivers })
  }

  /** Lets the providers send their webhooks to us, or elsewhere, signed as they are or otherwise. */
  const announce = (
    over: { url?: string; signer?: { secret?: string; id?: string } } = {},
  ): Promise<unknown> =>
    simulator.control(
      '/payouts/webhooks',
      Object.fromEntries(
        Object.entries(SIGNERS).map(([name, signer]) => [
          name,
          { url: over.url ?? edge.url + routeOf(name as Provider), ...(over.signer ?? signer) },
        ]),
      ),
    )

  const run = (now: Date) => ({
    payload: product.payload,
    now,
    data: null,
    signal: AbortSignal.timeout(60_000),
  })

  /** A member with 1,000.00 requests 600.00. Two people have to approve. */
  const request = async (
    driver: Provider,
    account: PayoutAccount = PROVIDERS[driver].account,
  ): Promise<Omit<Payment, 'key'>> => {
    const { currency } = PROVIDERS[driver]
    const rule = { currency, kind: account.kind, driver, four_eyes_above_minor: 50_000 }
    await setPayoutRules(product, [rule])
    const { payload } = product
    const user = await createUser(payload, { name: 'Asha Rao' })
    const asMember = await signIn(payload, user)
    const method = await createMethod(product, { member: user.id, account })
    await creditMember(payload, { member: user.id, amountMinor: 100_000, currency })
    const { body } = await product.rest<{ id: string }>('POST', '/api/withdrawals', {
      authorization: asMember,
      body: { amountMinor: 60_000, currency, method },
    })
    return { id: body.id, member: user.id, asMember }
  }

  const approve = async (id: string): Promise<string[]> => {
    const statuses: string[] = []
    for (const authorization of [asFinance, asAdmin]) {
      const path = `/api/withdrawals/${id}/approve`
      const { body } = await product.rest<{ status: string }>('POST', path, { authorization })
      statuses.push(body.status)
    }
    return statuses
  }

  const pay = (now = new Date()) => payDue(run(now))

  return {
    simulator,
    product: () => product,
    url: () => edge.url,
    asStaff: () => ({ asFinance, asAdmin }),
    open,
    announce,
    request,
    approve,
    pay,
    lookUp: (now = new Date(Date.now() + 2 * MINUTE_MS)) => lookUpDue(run(now)),
    apply: (now = new Date()) => applyPayoutEvents.run(run(now)),
    /** Requests, approves and sends a withdrawal. */
    send: async (driver: Provider): Promise<Payment> => {
      const requested = await request(driver)
      await approve(requested.id)
      await pay()
      const [attempt] = await product.sql<{ key: string }>(
        `select key from payout_attempts where withdrawal_id = '${requested.id}'`,
      )
      return { ...requested, key: attempt?.key ?? '' }
    },
    /** Moves a payment at its provider, which sends its webhooks before this resolves. */
    move: async (
      to: 'announce' | 'fail' | 'reverse' | 'settle',
      { key, reason }: { key: string; reason?: string },
    ) => {
      const choice = { key, ...(reason ? { reason } : {}) }
      expect(await simulator.control(`/payouts/${to}`, choice)).toHaveProperty('payout')
    },
    /** The statuses that the providers got for their webhooks. */
    sentStatuses: async (): Promise<(number | null)[]> => {
      const { sent } = await simulator.control<{ sent: { status: number | null }[] }>(
        '/payouts/webhooks',
      )
      return sent.map(({ status }) => status)
    },
    /** Posts a webhook as a provider did, unchanged unless told. */
    post: async (path: string, body: string, headers: Record<string, string> = {}) => {
      const response = await fetch(edge.url + path, { method: 'POST', body, headers })
      const answer = (await response.json()) as { errors?: { code: string }[]; received?: number }
      return [response.status, answer.errors?.[0]?.code ?? answer.received ?? null]
    },
    events: () =>
      product.sql<{ source: string; status: string; detail: string | null; body: object }>(
        `select source, status::text, detail, body from inbound_events order by received_at, id`,
      ),
    /** The status of a withdrawal and of its latest attempt, and the member’s wallets. */
    read: async ({ id, member }: Omit<Payment, 'key'>) => {
      const [row] = await product.sql<Record<string, unknown>>(`
        select w.status::text, a.status::text as attempt, w.is_paid_late as "isPaidLate",
          (select balance_minor::float8 from wallets
            where owner_id = '${member}' and kind = 'available') as available,
          (select balance_minor::float8 from wallets
            where owner_id = '${member}' and kind = 'held') as held
        from withdrawals w
        left join payout_attempts a on a.withdrawal_id = w.id and a.number = w.attempt_count
        where w.id = '${id}'`)
      return row
    },
    /** A key that no attempt has. */
    otherKey: () => `pa${randomUUID().replaceAll('-', '')}`,
  }
}

export const routeOf = (driver: Provider): string => `/webhooks/${PROVIDERS[driver].path}`
