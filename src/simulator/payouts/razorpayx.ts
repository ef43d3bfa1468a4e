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

const NAME = 'razorpayx'
const MIN_PAISE = 100

const Contact = z.object({ name: z.string().regex(/^[A-Za-z0-9 '\-_/().]{3,50}$/) })
const FundAccount = z.union([
  z.object({
    account_type: z.literal('bank_account'),
    bank_account: z.object({
      name: z.string().min(3).max(120),
      ifsc: z.string().length(11),
      account_number: z.string().regex(/^[A-Za-z0-9]{5,35}$/),
    }),
    contact: Contact,
  }),
  z.object({
    account_type: z.literal('vpa'),
    vpa: z.object({ address: z.string().regex(/^[^@]{1,50}@[^@]{1,50}$/) }),
    contact: Contact,
  }),
])
const Order = z.object({
  account_number: z.string().min(1),
  amount: z.int().min(MIN_PAISE),
  currency: z.literal('INR'),
  mode: z.enum(['NEFT', 'RTGS', 'IMPS', 'UPI']),
  purpose: z.enum(['refund', 'cashback', 'payout', 'salary', 'utility bill', 'vendor bill']),
  fund_account: FundAccount,
  queue_if_low_balance: z.boolean().default(false),
  reference_id: z.string().max(40),
  narration: z
    .string()
    .regex(/^[a-zA-Z0-9 ]{0,30}$/)
    .optional(),
})

/** RazorpayX payouts with the composite form of the fund account. Its test mode has fewer states. */
export const createRazorpayx = (): PayoutProvider => ({
  name: NAME,
  title: 'RazorpayX',
  basePath: '/razorpayx/v1',
  authorize: ({ headers }) =>
    /^Basic .+/.test(headers.authorization ?? '') ? null : unauthorized(),
  routes: listRoutes(),
  refusals: {
    conflict: () =>
      error(
        409,
        'Another request with the same idempotency key is in progress',
        'BAD_REQUEST_ERROR',
      ),
    notFound: () => error(404, 'The requested URL was not found on the server.'),
    rateLimited: () => error(429, 'Too many requests. Please try again later.'),
    serverError: () =>
      error(500, 'The server encountered an error.', 'SERVER_ERROR', 'server_error'),
    unauthorized: () => unauthorized(),
  },
  buildPosts,
})

const listRoutes = (): PayoutRoute[] => [
  { method: 'POST', path: /^\/payouts$/, kind: 'order', answer: takeOrder },
  {
    method: 'GET',
    path: /^\/payouts\/(?<id>[^/]+)$/,
    kind: 'look-up',
    answer: ({ params }, { bank }) => {
      const [payment] = bank.list({ provider: NAME, id: params.id ?? '' })
      return payment
        ? jsonAnswer(200, toPayout(payment))
        : badRequest('The id provided does not exist')
    },
  },
  { method: 'GET', path: /^\/payouts$/, kind: 'look-up', answer: listPayouts },
  {
    method: 'GET',
    path: /^\/balances$/,
    kind: 'look-up',
    answer: (_request, { bank }) =>
      jsonAnswer(200, { balance: bank.balanceOf(NAME, 'INR'), currency: 'INR' }),
  },
]

const buildPosts: PayoutProvider['buildPosts'] = (payment, { eventId, now, target }) => {
  const body = JSON.stringify({
    entity: 'event',
    account_id: 'acc_Simulator00001',
    event: EVENTS[payment.state],
    contains: ['payout'],
    payload: { payout: { entity: toPayout(payment) } },
    created_at: toSeconds(now),
  })
  const signature = createHmac('sha256', target.secret ?? '')
    .update(body)
    .digest('hex')
  const headers = {
    'content-type': 'application/json',
    'x-razorpay-event-id': eventId,
    'x-razorpay-signature': signature,
  }
  return [{ url: target.url, headers, body }]
}

/**
 * The same key with the same contents returns the payout in its latest state; with other contents
 * it is refused.
 */
const takeOrder = ({ headers, json }: PayoutRequest, { bank, place }: PayoutTools): Answer => {
  const key = headers['x-payout-idempotency']
  if (typeof key !== 'string' || !/^[A-Za-z0-9\-_ ]{4,36}$/.test(key)) {
    return badRequest('Idempotency key is missing or malformed', 'X-Payout-Idempotency')
  }
  const known = bank.list({ provider: NAME }).find(({ extra }) => extra?.idempotencyKey === key)
  if (known) {
    return bank.isSameRequest(known, json)
      ? jsonAnswer(200, toPayout(known))
      : badRequest('Different request body sent for the same idempotency key')
  }
  const { data: order, error: problem } = Order.safeParse(json)
  if (!order) return badRequest('The input is invalid', problem.issues[0]?.path.join('.'))
  const payment = place({
    key: order.reference_id,
    id: createId('pout_'),
    amountMinor: order.amount,
    currency: order.currency,
    request: json,
    onLowBalance: order.queue_if_low_balance
      ? { state: 'queued', reason: 'low_balance' }
      : { state: 'failed', reason: 'insufficient_funds' },
    extra: { idempotencyKey: key },
  })
  return jsonAnswer(200, toPayout(payment))
}

const listPayouts = ({ query }: PayoutRequest, { bank }: PayoutTools): Answer => {
  if (!query.get('account_number'))
    return badRequest('Account number is required', 'account_number')
  const reference = query.get('reference_id')
  const found = bank.list({ provider: NAME, ...(reference ? { key: reference } : {}) })
  const items = found.slice(0, Number(query.get('count') ?? 10)).map(toPayout)
  return jsonAnswer(200, { entity: 'collection', count: items.length, items })
}

/** A balance that does not cover the order is `queued` or `failed`, as the order requires. */
const STATUSES: Record<PaymentState, string> = {
  pending: 'processing',
  unclaimed: 'processing',
  queued: 'queued',
  settled: 'processed',
  failed: 'failed',
  returned: 'reversed',
}
const EVENTS: Record<PaymentState, string> = {
  pending: 'payout.initiated',
  unclaimed: 'payout.initiated',
  queued: 'payout.queued',
  settled: 'payout.processed',
  failed: 'payout.failed',
  returned: 'payout.reversed',
}
const REASONS: Partial<Record<PaymentState, string>> = {
  pending: 'payout_bank_processing',
  queued: 'low_balance',
  settled: 'payout_processed',
  returned: 'beneficiary_bank_rejected',
}
const FEE_PAISE = 590
const TAX_PAISE = 90

const toPayout = (payment: Payment) => {
  const order = Order.parse(payment.request)
  const reason = payment.reason ?? REASONS[payment.state] ?? 'server_error'
  const isCharged = payment.state === 'settled' || payment.state === 'returned'
  return {
    id: payment.id,
    entity: 'payout',
    fund_account_id: 'fa_Simulator00001',
    fund_account: order.fund_account,
    amount: payment.amountMinor,
    currency: payment.currency,
    // The fees include the tax.
    fees: isCharged ? FEE_PAISE : 0,
    tax: isCharged ? TAX_PAISE : 0,
    status: STATUSES[payment.state],
    purpose: order.purpose,
    utr: payment.bankReference,
    mode: order.mode,
    reference_id: payment.key,
    narration: order.narration ?? null,
    status_details: {
      description: `Reason ${reason} of ${describeAccount(order.fund_account)}`,
      source: 'beneficiary_bank',
      reason,
    },
    created_at: toSeconds(payment.at),
  }
}

/** The provider's text contains the account, so that a test finds where it would be shown. */
const describeAccount = (account: z.output<typeof FundAccount>): string =>
  account.account_type === 'vpa' ? account.vpa.address : account.bank_account.account_number

const toSeconds = (date: Date): number => Math.floor(date.getTime() / 1000)

const error = (
  status: number,
  description: string,
  code = 'BAD_REQUEST_ERROR',
  reason = 'input_validation_failed',
  field?: string,
): Answer => ({
  ...jsonAnswer(status, {
    error: { code, description, source: 'business', step: null, reason, metadata: {}, field },
  }),
  code: reason,
})

const badRequest = (description: string, field?: string): Answer =>
  error(400, description, 'BAD_REQUEST_ERROR', 'input_validation_failed', field)

const unauthorized = (): Answer => error(401, 'Authentication failed')
