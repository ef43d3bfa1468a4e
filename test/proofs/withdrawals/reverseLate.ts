import { setTimeout as wait } from 'node:timers/promises'

import type { BuiltProduct } from '../../support/startBuiltProduct.ts'
import { control } from '../control.ts'
import { pickSome } from '../pickSome.ts'
import type { Finding } from '../types.ts'
import { advance, movePayment, runWholly } from './actions.ts'
import { checkBooks } from './killRounds.ts'
import { PAYERS, PAYPAL_WEBHOOK_ID, WEBHOOK_SECRET } from './payers.ts'
import { findLie, readTruth, type Truth } from './readTruth.ts'
import type { Stage } from './startStage.ts'
import { withDeadline } from './withDeadline.ts'

type Plan = { count: number; seed: number; say: (line: string) => void }
type SentWebhook = { provider: string; key: string; state: string; status: number | null }

const POLL_MS = 50
const DAY_MINUTES = 24 * 60 + 1

/**
 * Reverses payments that settled long ago. Providers report each by two webhooks, where they have
 * them, and the daily look-ups see it too.
 */
export const reverseLate = async (stage: Stage, { count, say, seed }: Plan): Promise<Finding[]> => {
  await setWebhooks(stage)
  const { truths } = await readTruth(stage)
  const settled = truths.filter(({ status }) => status === 'settled')
  const chosen = pickSome(settled, count / settled.length, seed).slice(0, count)
  for (const [index, { keys }] of chosen.entries()) {
    const key = keys.at(-1) ?? ''
    await movePayment(stage, 'reverse', { key })
    await movePayment(stage, 'announce', { key })
    // Some are looked up while their webhooks are applied.
    if (index === Math.floor(count / 2)) await lookUpTomorrow(stage)
  }
  await lookUpTomorrow(stage)
  await lookUpTomorrow(stage)
  say(`${chosen.length} late reversals`)
  return [
    await checkReturns(stage, chosen),
    await checkWebhooks(stage, chosen),
    await checkBooks(stage),
  ]
}

const setWebhooks = async ({ product, simulator }: Stage): Promise<void> => {
  const targetOf = (path: string) => ({
    url: `${product.web.baseUrl}/webhooks/${path}`,
    secret: WEBHOOK_SECRET,
    id: PAYPAL_WEBHOOK_ID,
  })
  await control(simulator.url, '/payouts/webhooks', {
    razorpayx: targetOf('razorpayx'),
    cashfree: targetOf('cashfree'),
    paypal: targetOf('paypal'),
    simulated: targetOf('simulated-bank'),
  })
}

const lookUpTomorrow = async (stage: Stage): Promise<void> => {
  await advance(stage, DAY_MINUTES)
  await runWholly(stage, 'look-up-payouts')
}

type Returns = { returns: number; releases: number; status: string }

const checkReturns = async (stage: Stage, chosen: Truth[]): Promise<Finding> => {
  const { truths } = await readTruth(stage)
  const lies = truths.flatMap((truth) => findLie(truth) ?? [])
  // Net amount and fee come back, and the gross amount is released to the member.
  const rows = await stage.product.query<Returns>(
    `select w.status::text,
       (select count(*)::int from wallet_transactions t
         where t.withdrawal_id = w.id and t.kind = 'payout-return'
           and t.key like 'payout:' || a.key || '%') as returns,
       (select count(*)::int from wallet_transactions t
         where t.withdrawal_id = w.id and t.kind = 'withdrawal-release') as releases
     from withdrawals w
     join payout_attempts a on a.withdrawal_id = w.id and a.number = w.attempt_count
     where w.id = any ($1::uuid[])`,
    [chosen.map(({ id }) => id)],
  )
  const exact = rows.filter(
    ({ releases, returns, status }) => status === 'returned' && returns === 2 && releases === 1,
  )
  return {
    guarantee: 'a payment that is reversed after it settled comes back once, with its fee',
    holds: chosen.length > 0 && exact.length === chosen.length && lies.length === 0,
    seen: `${exact.length} of ${chosen.length}, ${lies.length} contradictions${lies[0] ? `, such as: ${lies[0]}` : ''}`,
  }
}

const checkWebhooks = async ({ product, simulator }: Stage, chosen: Truth[]): Promise<Finding> => {
  const { sent } = await control<{ sent: SentWebhook[] }>(simulator.url, '/payouts/webhooks')
  const keys = new Set(chosen.map(({ keys: own }) => own.at(-1)))
  const returned = sent.filter(({ key, state }) => keys.has(key) && state === 'returned')
  const taken = returned.filter(({ status }) => status !== null && status >= 200 && status < 300)
  const posters = new Set(PAYERS.flatMap((payer) => (payer.isReversalPosted ? [payer.name] : [])))
  const expected = 2 * chosen.filter(({ driver }) => posters.has(driver)).length
  const failed = await untilApplied(product)
  return {
    guarantee:
      'both webhooks of a reversal were taken and applied, from each provider that has them',
    holds:
      taken.filter(({ provider }) => posters.has(provider)).length === expected && failed === 0,
    seen: `${taken.length} of ${returned.length} were taken, ${expected} were expected, ${failed} failed`,
  }
}

/** Waits until no webhook is pending. Returns how many failed; one that changes nothing is ignored. */
const untilApplied = ({ query }: BuiltProduct): Promise<number> => {
  const find = async (): Promise<number> => {
    for (;;) {
      const rows = await query<{ status: string }>(
        `select status::text from inbound_events
         where source like 'payouts:%' and status in ('pending', 'failed')`,
      )
      if (rows.every(({ status }) => status !== 'pending')) return rows.length
      await wait(POLL_MS)
    }
  }
  return withDeadline(find(), 'the end of the webhooks that are pending')
}
