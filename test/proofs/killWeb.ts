import { randomInt, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'

import { verifyWallets } from '../../src/ledger/verification/verifyWallets.ts'
import { spawnWeb, type SpawnedWeb } from '../../src/server/processes/spawnWeb.ts'
import { createMachine, createUser, readBalance } from '../support/factories.ts'
import { type BuiltProduct, startBuiltProduct } from '../support/startBuiltProduct.ts'
import type { Finding, Proof } from './types.ts'

const LANES = 8
const AMOUNT = 10_000
const REFUND = 2_500

/** Kills the web process repeatedly under load, while clients retry each request with its key. */
export const killWeb: Proof = {
  name: 'kill-web',
  claim: 'a request that is retried after a kill of the web process moves its money once',
  isOnEmbeddedOnly: true,
  run: async ({ isQuick, postgres, say }) => {
    const product = await startBuiltProduct(postgres)
    const plan = isQuick ? { payments: 200, kills: 3 } : { payments: 8_000, kills: 100 }
    const authorization = await createMachine(product.payload, ['payments:write', 'refunds:write'])
    const referrer = await createUser(product.payload, { affiliateActive: true })
    const buyer = await createUser(product.payload, { referredBy: referrer.id })
    const state: State = { web: product.web, kills: 0, isDone: false, retries: 0 }
    try {
      const killer = keepKilling(state, product, plan.kills)
      const send = createRetryingClient(state, authorization)
      const refunds = await sendAll(send, plan.payments, buyer.id, state, plan.kills)
      state.isDone = true
      await killer
      say(
        `${plan.payments} payments, ${refunds} refunds, ${state.kills} kills, ${state.retries} retries`,
      )
      return await findings(product, { ...plan, refunds, referrer: referrer.id }, state)
    } finally {
      state.isDone = true
      await state.web.stop()
      await product.stop()
    }
  },
}

type State = { web: SpawnedWeb; kills: number; isDone: boolean; retries: number }
type Send = (path: string, body: object) => Promise<{ status: number; id: string }>

/** Kills the process 20 to 900 ms after it is ready, again and again, and starts it anew. */
const keepKilling = async (state: State, product: BuiltProduct, kills: number): Promise<void> => {
  const port = Number(new URL(product.web.baseUrl).port)
  const env = { DATABASE_URL: product.web.databaseUrl, PAYLOAD_SECRET: product.web.secret }
  while (!state.isDone && state.kills < kills) {
    await state.web.untilReady()
    await wait(randomInt(20, 900))
    const ended = once(state.web.process, 'exit')
    state.web.process.kill('SIGKILL')
    await ended
    state.kills += 1
    state.web = spawnWeb(port, { ...env, RATE_LIMITS: 'off' })
  }
}

/**
 * Sends each request with one key until the response is not a 5xx, as a payment processor should.
 */
const createRetryingClient =
  (state: State, authorization: string): Send =>
  async (path, body) => {
    const key = randomUUID()
    for (;;) {
      const response = await fetch(`${state.web.baseUrl}${path}`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          Authorization: authorization,
          'Idempotency-Key': key,
        },
        body: JSON.stringify(body),
      })
        .then(async (received) => ({ status: received.status, text: await received.text() }))
        .catch(() => null)
      if (response && response.status < 500) {
        const { doc } = JSON.parse(response.text) as { doc?: { id: string } }
        return { status: response.status, id: doc?.id ?? '' }
      }
      state.retries += 1
      await wait(100)
    }
  }

/**
 * Sends all payments, spread over the kills, and refunds every fourth. Returns the number of
 * refunds.
 */
const sendAll = async (
  send: Send,
  payments: number,
  user: string,
  state: State,
  kills: number,
): Promise<number> => {
  let next = 0
  let refunds = 0
  const lane = async () => {
    while (next < payments) {
      next += 1
      const isRefunded = next % 4 === 0
      const payment = await send('/api/payments?depth=0', {
        reference: randomUUID(),
        user,
        amountMinor: AMOUNT,
        currency: 'INR',
        status: 'completed',
      })
      if (payment.status !== 201) throw new Error(`A payment returned ${payment.status}, not 201.`)
      if (isRefunded) {
        const refund = { reference: randomUUID(), payment: payment.id, amountMinor: REFUND }
        const { status } = await send('/api/refunds?depth=0', refund)
        if (status !== 201) throw new Error(`A refund returned ${status}, not 201.`)
        refunds += 1
      }
      // Keeps pace with the kills, so that the last kill still interrupts requests.
      while (state.kills < Math.floor((next / payments) * kills) - 1) await wait(20)
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  return refunds
}

const findings = async (
  { payload, query }: BuiltProduct,
  plan: { payments: number; kills: number; refunds: number; referrer: string },
  state: State,
): Promise<Finding[]> => {
  const [row] = await query<Record<string, number>>(
    `select (select count(*)::int from payments) as payments, (select count(*)::int from refunds) as refunds,
      (select count(*)::int from commissions where status <> 'skipped') as commissions,
      (select count(*)::int from wallet_transactions where kind = 'commission') as awards,
      (select count(*)::int from wallet_transactions where kind = 'clawback') as clawbacks,
      (select count(*)::int from notifications where template = 'commission-earned') as notified,
      (select count(*)::int from commissions c where status <> 'skipped' and not exists (
        select 1 from notifications n where n.dedupe_key = 'commission-earned:' || c.id || ':email')) as unnotified`,
  )
  const balance = await readBalance(payload, plan.referrer)
  const expected = plan.payments * (AMOUNT / 10) - plan.refunds * (REFUND / 10)
  const { problems } = await verifyWallets(payload)
  return [
    {
      guarantee: 'the web process was killed as often as planned',
      holds: state.kills >= plan.kills,
      seen: `${state.kills} kills, ${state.retries} retries`,
    },
    {
      guarantee: 'every payment and refund is stored once, with one commission and one clawback',
      holds:
        row?.payments === plan.payments &&
        row.commissions === plan.payments &&
        row.awards === plan.payments &&
        row.refunds === plan.refunds &&
        row.clawbacks === plan.refunds,
      seen: JSON.stringify(row),
    },
    {
      guarantee: 'the referrer gets one message for every commission, and no other',
      holds: row?.notified === plan.payments && row.unnotified === 0,
      seen: `${row?.notified} messages, ${row?.unnotified} commissions without one`,
    },
    {
      guarantee: 'the balance of the referrer is exact',
      holds: balance === expected,
      seen: `${balance} of ${expected}`,
    },
    {
      guarantee: 'the books add up',
      holds: problems.length === 0,
      seen: `${problems.length} problems`,
    },
  ]
}
