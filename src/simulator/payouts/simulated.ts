import { createHmac } from 'node:crypto'

import { z } from 'zod'

import type { Answer } from '../types.ts'
import { createId, type Payment, type PaymentState } from './createBank.ts'
import {
  jsonAnswer,
  type PayoutProvider,
  type PayoutRequest,
  type PayoutRoute,
  type PayoutTools,
} from './types.ts'

const NAME = 'simulated'

const Order = z.object({
  amountMinor: z.int().min(1),
  currency: z.string().length(3),
  account: z.looseObject({ kind: z.string() }),
  narration: z.string().max(30),
})

/**
 * A payout API without a vendor, for the demo and for tests. Orders repeat by the header
 * `Idempotency-Key`; a repeat returns the payout in its latest state.
 */
export const createSimulatedBank = (): PayoutProvider => ({
  name: NAME,
  title: 'Simulated bank',
  basePath: '/simulated-bank',
  authorize: ({ headers }) =>
    /^Bearer .+/.test(headers.authorization ?? '') ? null : unauthorized(),
  routes: listRoutes(),
  refusals: {
    conflict: () => error(409, 'payout_in_progress', 'The payout is being placed.'),
    notFound: () => error(404, 'no_such_route', 'There is no such route.'),
    rateLimited: () => error(429, 'rate_limited', 'Too many requests.'),
    serverError: () => error(500, 'server_error', 'The server has a problem.'),
    unauthorized: () => unauthorized(),
  },
  buildPosts,
})

const listRoutes = (): PayoutRoute[] => [
  { method: 'POST', path: /^\/payouts$/, kind: 'order', answer: takeOrder },
  {
    method: 'GET',
    path: /^\/payouts\/(?<key>[^/]+)$/,
    kind: 'look-up',
    answer: ({ params }, { bank }) => {
      const [payment] = bank.list({ provider: NAME, key: params.key ?? '' })
      return payment
        ? jsonAnswer(200, toPayout(payment))
        : error(404, 'payout_not_found', 'There is no such payout.')
    },
  },
  {
    method: 'GET',
    path: /^\/balance$/,
    kind: 'look-up',
    answer: ({ query }, { bank }) => {
      const currency = query.get('currency') ?? 'INR'
      return jsonAnswer(200, { currency, amountMinor: bank.balanceOf(NAME, currency) })
    },
  },
]

const buildPosts: PayoutProvider['buildPosts'] = (payment, { eventId, now, target }) => {
  const seconds = String(Math.floor(now.getTime() / 1000))
  const body = JSON.stringify({
    id: eventId,
    type: 'payout.changed',
    at: now.toISOString(),
    payout: toPayout(payment),
  })
  const signature = createHmac('sha256', target.secret ?? '')
    .update(`${seconds}.${body}`)
    .digest('hex')
  const headers = {
    'content-type': 'application/json',
    'x-bank-signature': signature,
    'x-bank-timestamp': seconds,
  }
  return [{ url: target.url, headers, body }]
}

const takeOrder = ({ headers, json }: PayoutRequest, { bank, place }: PayoutTools): Answer => {
  const key = headers['idempotency-key']
  if (typeof key !== 'string' || !/^[A-Za-z0-9_-]{1,64}$/.test(key)) {
    return error(400, 'key_missing', 'The header Idempotency-Key is missing.')
  }
  const [known] = bank.list({ provider: NAME, key })
  if (known) {
    return bank.isSameRequest(known, json)
      ? jsonAnswer(200, toPayout(known))
      : error(400, 'key_reused', 'The key belongs to another payout.')
  }
  const { data: order, error: problem } = Order.safeParse(json)
  if (!order)
    return error(400, 'invalid', problem.issues[0]?.path.join('.') ?? 'The body is invalid.')
  const payment = place({
    key,
    id: createId('bank_'),
    amountMinor: order.amountMinor,
    currency: order.currency,
    request: json,
    onLowBalance: { state: 'failed', reason: 'low_balance' },
  })
  return jsonAnswer(201, toPayout(payment))
}

const STATUSES: Record<PaymentState, string> = {
  pending: 'pending',
  unclaimed: 'pending',
  queued: 'pending',
  settled: 'paid',
  failed: 'failed',
  returned: 'returned',
}
const FEE_MINOR = 250

const toPayout = (payment: Payment) => ({
  id: payment.id,
  key: payment.key,
  status: STATUSES[payment.state],
  reason: payment.reason,
  // The text contains the account, so that a test finds where it would be shown.
  text: payment.reason ? `${payment.reason}: ${describeAccount(payment)}` : null,
  reference: payment.bankReference,
  amountMinor: payment.amountMinor,
  currency: payment.currency,
  feeMinor: payment.state === 'settled' ? FEE_MINOR : null,
  createdAt: payment.at.toISOString(),
})

const describeAccount = ({ request }: Payment): string => {
  const { account } = Order.parse(request)
  return Object.values(account).map(String).join(' ')
}

const error = (status: number, code: string, message: string): Answer => ({
  ...jsonAnswer(status, { error: { code, message } }),
  code,
})

const unauthorized = (): Answer => error(401, 'unauthorized', 'The key is not valid.')
