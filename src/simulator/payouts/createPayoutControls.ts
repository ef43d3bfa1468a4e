import { json, Router } from 'express'
import { z } from 'zod'

import type { State } from '../state.ts'
import type { Payment, PaymentState } from './createBank.ts'
import type { PayoutWebhooks } from './createPayoutWebhooks.ts'

const url = z.url({ protocol: /^https?$/ })
const Webhooks = z.record(
  z.string(),
  z.strictObject({ url, secret: z.string().optional(), id: z.string().optional() }),
)
const AutoSettle = z.strictObject({ enabled: z.boolean(), delayMs: z.int().min(0).default(0) })
const Balance = z.strictObject({
  provider: z.string(),
  currency: z.string(),
  /** Minor units; null, the default, is without end. */
  amountMinor: z.int().nullable(),
})
const Choice = z.strictObject({
  key: z.string(),
  provider: z.string().optional(),
  /** The provider's own reason, of a payment that fails or is returned. */
  reason: z.string().optional(),
})

type Options = { state: State; webhooks: PayoutWebhooks }

/** Creates the control routes of the payout providers: payments, balances and webhooks. */
export const createPayoutControls = ({ state, webhooks }: Options): Router => {
  const { bank } = state
  const router = Router()
  router.use(json({ limit: '1mb' }))

  router.get('/', ({ query }, response) => {
    bank.moveDue()
    const { key, provider } = z
      .object({ key: z.string().optional(), provider: z.string().optional() })
      .parse(query)
    const found = bank.list({ ...(key ? { key } : {}), ...(provider ? { provider } : {}) })
    response.json({
      payouts: found.map((payment) => describePayment(state, payment)),
      providers: state.payoutProviders.map(({ basePath, name, title }) => ({
        name,
        title,
        basePath,
      })),
    })
  })
  router.use(createMoveControls({ state, webhooks }))
  router.get('/auto-settle', (_request, response) => {
    response.json(bank.autoSettle())
  })
  router.post('/auto-settle', (request, response) => {
    bank.setAutoSettle(AutoSettle.parse(request.body))
    response.json(bank.autoSettle())
  })
  router.post('/balance', (request, response) => {
    const { amountMinor, currency, provider } = Balance.parse(request.body)
    bank.setBalance(provider, currency, amountMinor)
    response.json({ provider, currency, amountMinor })
  })
  router.get('/webhooks', (_request, response) => {
    response.json({ webhooks: state.payoutWebhooks, sent: state.sentWebhooks.all() })
  })
  // Providers that are not named keep their webhooks.
  router.post('/webhooks', (request, response) => {
    state.payoutWebhooks = { ...state.payoutWebhooks, ...Webhooks.parse(request.body) }
    response.json({ webhooks: state.payoutWebhooks })
  })
  return router
}

/** Creates the controls that settle, fail and reverse a payment by hand. */
const createMoveControls = ({ state, webhooks }: Options): Router => {
  const { bank } = state
  const router = Router()
  for (const [name, move] of Object.entries(MOVES)) {
    router.post(`/${name}`, async (request, response) => {
      const choice = Choice.parse(request.body)
      const payment = bank.list({ ...choice }).at(-1)
      if (!payment) {
        response.status(404).json({ error: `There is no payout ${choice.key}.` })
        return
      }
      if (!move.from.includes(payment.state)) {
        const error = `A payout that is ${payment.state} cannot ${name}.`
        response.status(409).json({ error })
        return
      }
      move.apply({ state, payment, reason: choice.reason })
      await webhooks.untilSent()
      response.json({ payout: describePayment(state, payment) })
    })
  }
  return router
}

type Move = {
  from: PaymentState[]
  apply: (input: { state: State; payment: Payment; reason: string | undefined }) => void
}

const OPEN: PaymentState[] = ['pending', 'queued', 'unclaimed']

const MOVES: Record<string, Move> = {
  settle: { from: OPEN, apply: ({ payment, state: { bank } }) => bank.settle(payment) },
  fail: {
    from: OPEN,
    apply: ({ payment, reason = 'failed', state: { bank } }) => bank.fail(payment, reason),
  },
  /** A payment that was not claimed is returned too, and no money left for it. */
  reverse: {
    from: ['settled', 'unclaimed'],
    apply: ({ payment, reason = null, state: { bank } }) => bank.giveBack(payment, reason),
  },
  /** Sends the webhook of its present state once more. */
  announce: {
    from: [...OPEN, 'failed', 'returned', 'settled'],
    apply: ({ payment, state: { bank } }) => bank.announce(payment),
  },
}

const describePayment = ({ bank }: State, payment: Payment) => {
  const { amountMinor, bankReference, currency, extra, fault, id, key, movements } = payment
  return {
    provider: payment.provider,
    key,
    id,
    state: payment.state,
    reason: payment.reason,
    amountMinor,
    currency,
    bankReference,
    at: payment.at.toISOString(),
    changedAt: payment.changedAt.toISOString(),
    fault,
    movements,
    /** How often money left for the key, over all payments that have it. */
    paidCount: bank.paidCount(key),
    request: payment.request,
    extra: extra ?? {},
  }
}
