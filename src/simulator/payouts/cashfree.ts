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

const NAME = 'cashfree'

const Instrument = z.union([
  z.object({ vpa: z.string().regex(/^[^@]+@[^@]+$/) }),
  z.object({
    bank_account_number: z.string().regex(/^[A-Za-z0-9]{4,25}$/),
    bank_ifsc: z.string().length(11),
  }),
])
const Order = z.object({
  transfer_id: z.string().regex(/^[A-Za-z0-9]{1,40}$/),
  transfer_amount: z.number().min(1),
  transfer_currency: z.literal('INR').default('INR'),
  transfer_mode: z.enum(['banktransfer', 'imps', 'neft', 'rtgs', 'upi']),
  beneficiary_details: z.object({
    beneficiary_name: z.string().regex(/^[A-Za-z ]{1,100}$/),
    beneficiary_instrument_details: Instrument,
  }),
  transfer_remarks: z.string().max(70).optional(),
})

/** Cashfree Payouts, version 2 (`x-api-version: 2024-01-01`). */
export const createCashfree = (): PayoutProvider => ({
  name: NAME,
  title: 'Cashfree',
  basePath: '/cashfree/payout',
  authorize: ({ headers }) =>
    headers['x-client-id'] &&
    headers['x-client-secret'] &&
    headers['x-api-version'] === '2024-01-01'
      ? null
      : unauthorized(),
  routes: listRoutes(),
  refusals: {
    conflict: () => alreadyExists(),
    notFound: () => error(404, 'route_not_found', 'no such route'),
    rateLimited: () => error(429, 'too_many_requests', 'Too many requests'),
    serverError: () => error(500, 'internal_error', 'internal server error'),
    unauthorized: () => unauthorized(),
  },
  buildPosts,
})

const listRoutes = (): PayoutRoute[] => [
  { method: 'POST', path: /^\/transfers$/, kind: 'order', answer: takeOrder },
  {
    method: 'GET',
    path: /^\/transfers$/,
    kind: 'look-up',
    answer: ({ query }, { bank }) => {
      const key = query.get('transfer_id')
      const id = query.get('cf_transfer_id')
      if (!key && !id) return error(400, 'transfer_id_missing', 'transfer_id is missing')
      const [payment] = bank.list({
        provider: NAME,
        ...(key ? { key } : {}),
        ...(id ? { id } : {}),
      })
      return payment
        ? jsonAnswer(200, toTransfer(payment))
        : error(404, 'transfer_id_not_found', 'transfer_id does not exist')
    },
  },
]

const buildPosts: PayoutProvider['buildPosts'] = (payment, { now, target }) => {
  const seconds = String(Math.floor(now.getTime() / 1000))
  return EVENTS[payment.state].map((type) => {
    const body = JSON.stringify({
      type,
      event_time: toIndianTime(now),
      data: {
        ...toTransfer(payment),
        ...(type === 'TRANSFER_SUCCESS' ? { status_code: 'SENT_TO_BENEFICIARY' } : {}),
      },
    })
    const signature = createHmac('sha256', target.secret ?? '')
      .update(seconds + body)
      .digest('base64')
    const headers = {
      'content-type': 'application/json',
      'x-webhook-signature': signature,
      'x-webhook-timestamp': seconds,
      'x-webhook-version': '2024-01-01',
    }
    return { url: target.url, headers, body }
  })
}

/** A transfer id is accepted once, whatever else the repeat contains. */
const takeOrder = ({ body, json }: PayoutRequest, { bank, place }: PayoutTools): Answer => {
  const { data: order, error: problem } = Order.safeParse(json)
  if (!order) {
    const field = problem.issues[0]?.path.join('.') ?? 'body'
    return error(422, `${field.replaceAll('.', '_')}_invalid`, `${field} is invalid`)
  }
  if (bank.list({ provider: NAME, key: order.transfer_id }).length > 0) return alreadyExists()
  const amountMinor = readPaise(body.toString())
  if (amountMinor === null)
    return error(422, 'transfer_amount_invalid', 'transfer_amount is invalid')
  const payment = place({
    key: order.transfer_id,
    id: createId('', 10),
    amountMinor,
    currency: order.transfer_currency,
    request: json,
    onLowBalance: { state: 'failed', reason: 'INSUFFICIENT_BALANCE' },
  })
  return jsonAnswer(200, toTransfer(payment))
}

/** Reads the amount by its digits: at most two decimals. */
const readPaise = (body: string): number | null => {
  const [, whole, cents = ''] =
    /"transfer_amount"\s*:\s*(\d+)(?:\.(\d{1,2}))?\s*[,}]/.exec(body) ?? []
  return whole === undefined ? null : Number(whole + cents.padEnd(2, '0'))
}

const STATUSES: Record<PaymentState, { status: string; code: string }> = {
  pending: { status: 'RECEIVED', code: 'RECEIVED' },
  unclaimed: { status: 'PENDING', code: 'PENDING' },
  queued: { status: 'QUEUED', code: 'QUEUED' },
  settled: { status: 'SUCCESS', code: 'COMPLETED' },
  failed: { status: 'FAILED', code: 'BENE_BANK_DECLINED' },
  returned: { status: 'REVERSED', code: 'RETURNED_FROM_BENEFICIARY' },
}
/** A credit is reported twice: when the money left, and when the bank confirmed it. */
const EVENTS: Record<PaymentState, string[]> = {
  pending: [],
  unclaimed: [],
  queued: [],
  settled: ['TRANSFER_SUCCESS', 'TRANSFER_ACKNOWLEDGED'],
  failed: ['TRANSFER_FAILED'],
  returned: ['TRANSFER_REVERSED'],
}

const toTransfer = (payment: Payment) => {
  const order = Order.parse(payment.request)
  const { code, status } = STATUSES[payment.state]
  const isCharged = payment.state === 'settled' || payment.state === 'returned'
  const { beneficiary_instrument_details: instrument } = order.beneficiary_details
  const account = 'vpa' in instrument ? instrument.vpa : instrument.bank_account_number
  return {
    transfer_id: payment.key,
    cf_transfer_id: payment.id,
    status,
    status_code: payment.reason ?? code,
    // The text contains the account, so that a test finds where it would be shown.
    status_description: `Transfer to ${account}: ${payment.reason ?? code}`,
    beneficiary_details: order.beneficiary_details,
    transfer_amount: order.transfer_amount,
    transfer_mode: order.transfer_mode,
    transfer_utr: payment.bankReference,
    ...(isCharged ? { transfer_service_charge: 2.5, transfer_service_tax: 0.45 } : {}),
    added_on: payment.at.toISOString(),
    updated_on: payment.changedAt.toISOString(),
  }
}

const INDIA_MS = 5.5 * 3_600_000

/** Without a zone, as the provider writes it. */
const toIndianTime = (date: Date): string =>
  new Date(date.getTime() + INDIA_MS).toISOString().slice(0, 19)

const error = (status: number, code: string, message: string): Answer => ({
  ...jsonAnswer(status, { type: 'invalid_request_error', code, message }),
  code,
})

const alreadyExists = (): Answer =>
  error(409, 'transfer_id_already_exists', 'transfer_id already exists')

const unauthorized = (): Answer =>
  error(401, 'authentication_failed', 'Invalid clientId and clientSecret')
