import { randomInt, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'

import { verifyWallets } from '../../src/ledger/verification/verifyWallets.ts'
import { spawnWeb, type SpawnedWeb } from '../../src/server/processes/spawnWeb.ts'
import { aMachine, aUser, readBalance } from '../support/factories.ts'
import { type BuiltProduct, startBuiltProduct } from '../support/startBuiltProduct.ts'
import type { Finding, Proof } from './types.ts'

const LANES = 8
const AMOUNT = 10_000
const REFUND = 2_500

/** The web process dies again and again, in the middle of things; a client that retries loses nothing. */
export const killWeb: Proof = {
  name: 'kill-web',
  claim: 'whenever the web process is killed, a retried request moves its money once',
  isOnEmbeddedOnly: true,
  run: async ({ isQuick, postgres, say }) => {
    const product = await startBuiltProduct(postgres)
    const plan = isQuick ? { payments: 400, kills: 5 } : { payments: 8_000, kills: 100 }
    const authorization = await aMachine(product.payload, ['payments:write', 'refunds:write'])
    const referrer = await aUser(product.payload, { affiliateActive: true })
    const buyer = await aUser(product.payload, { referredBy: referrer.id })
    const state: State = { web: product.web, kills: 0, isDone: false, retries: 0 }
    try {
      const killer = keepKilling(state, product, plan.kills)
      const send = retryingClient(state, authorization)
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

/** Kills after a random stretch of serving, from inside a boot to a second of full load. */
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

/** As a payment processor should: the same key until there is an answer that is not a fault. */
const retryingClient =
  (state: State, authorization: string): Send =>
  async (path, body) => {
    const key = randomUUID()
    for (;;) {
      const answer = await fetch(`${state.web.baseUrl}${path}`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          Authorization: authorization,
          'Idempotency-Key': key,
        },
        body: JSON.stringify(body),
      })
        .then(async (response) => ({ status: response.status, text: await response.text() }))
        .catch(() => null)
      if (answer && answer.status < 500) {
        const { doc } = JSON.parse(answer.text) as { doc?: { id: string } }
        return { status: answer.status, id: doc?.id ?? '' }
      }
      state.retries += 1
      await wait(100)
    }
  }

/** Goes on until all payments are in and the killer has had its kills. Answers the number of refunds. */
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
      if (payment.status !== 201) throw new Error(`A payment was answered ${payment.status}`)
      if (isRefunded) {
        const refund = { reference: randomUUID(), payment: payment.id, amountMinor: REFUND }
        const { status } = await send('/api/refunds?depth=0', refund)
        if (status !== 201) throw new Error(`A refund was answered ${status}`)
        refunds += 1
      }
      // Spread over the killer's time, so that the last kill still hits work.
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
      (select count(*)::int from notifications where template = 'commission-earned') as told,
      (select count(*)::int from commissions c where status <> 'skipped' and not exists (
        select 1 from notifications n where n.dedupe_key = 'commission-earned:' || c.id || ':email')) as untold`,
  )
  const balance = await readBalance(payload, plan.referrer)
  const expected = plan.payments * (AMOUNT / 10) - plan.refunds * (REFUND / 10)
  const { problems } = await verifyWallets(payload)
  return [
    {
      guarantee: 'the web process was killed that often',
      holds: state.kills >= plan.kills,
      seen: `${state.kills} kills, ${state.retries} retries`,
    },
    {
      guarantee: 'every payment and refund is there once, with one commission and one clawback',
      holds:
        row?.payments === plan.payments &&
        row.commissions === plan.payments &&
        row.awards === plan.payments &&
        row.refunds === plan.refunds &&
        row.clawbacks === plan.refunds,
      seen: JSON.stringify(row),
    },
    {
      guarantee: 'the referrer is told of every commission that there is, and of no other',
      holds: row?.told === plan.payments && row.untold === 0,
      seen: `${row?.told} messages, ${row?.untold} commissions without one`,
    },
    {
      guarantee: 'the wallet holds exactly that',
      holds: balance === expected,
      seen: `${balance} of ${expected}`,
    },
    {
      guarantee: 'the books verify',
      holds: problems.length === 0,
      seen: `${problems.length} problems`,
    },
  ]
}
