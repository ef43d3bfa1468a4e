import { z } from 'zod'

import type { Answer } from '../types.ts'
import { buildPaypalPosts, CERTIFICATE_PATH } from './buildPaypalPosts.ts'
import { type Bank, createId, type Payment } from './createBank.ts'
import { createCertificate } from './createCertificate.ts'
import { describeBatch, describeHeader, describeItem } from './describePaypal.ts'
import {
  jsonAnswer,
  type PayoutProvider,
  type PayoutRequest,
  type PayoutRoute,
  type PayoutTools,
} from './types.ts'

/** PayPal repeats a refusal of the same batch id for so long; a later repeat is another payout. */
const DUPLICATE_MS = 30 * 24 * 60 * 60_000
const TOKEN_SECONDS = 32_400
const NAME = 'paypal'

/** PayPal's Payouts, with tokens, batches of one or more items, and signed webhooks. */
export const createPaypal = (): PayoutProvider => {
  let tokens = new Map<string, number>()
  return {
    name: NAME,
    title: 'PayPal',
    basePath: '/paypal',
    faults: ['unclaimed'],
    routes: listRoutes((request) => issueToken(request, tokens)),
    authorize: ({ headers, now }) => {
      const [, token = ''] = /^Bearer (\S+)$/.exec(headers.authorization ?? '') ?? []
      const endsMs = tokens.get(token)
      return endsMs !== undefined && endsMs > now.getTime() ? null : invalidToken()
    },
    refusals: {
      // As for a repeated batch id, but before the original can be linked to.
      conflict: () => problem(400, 'USER_BUSINESS_ERROR', DUPLICATE),
      notFound,
      rateLimited: () => problem(429, 'RATE_LIMIT_REACHED'),
      serverError: () => problem(500, 'INTERNAL_SERVER_ERROR'),
      unauthorized: invalidToken,
    },
    buildPosts: buildPaypalPosts,
    reset: () => {
      tokens = new Map()
    },
  }
}

const listRoutes = (answerToken: PayoutRoute['answer']): PayoutRoute[] => [
  { method: 'POST', path: /^\/v1\/oauth2\/token$/, kind: 'other', answer: answerToken },
  { method: 'GET', path: CERTIFICATE_PATH, kind: 'other', answer: answerCertificate },
  { method: 'POST', path: /^\/v1\/payments\/payouts$/, kind: 'order', answer: takeBatch },
  {
    method: 'GET',
    path: /^\/v1\/payments\/payouts\/(?<id>[^/]+)$/,
    kind: 'look-up',
    answer: ({ baseUrl, params }, { bank }) => {
      const [payment] = bank.list({ provider: NAME, id: params.id ?? '' })
      return payment ? jsonAnswer(200, describeBatch(payment, baseUrl)) : notFound()
    },
  },
  {
    method: 'GET',
    path: /^\/v1\/payments\/payouts-item\/(?<item>[^/]+)$/,
    kind: 'look-up',
    answer: ({ params }, { bank }) => {
      const payment = findItem(bank, params.item)
      return payment ? jsonAnswer(200, describeItem(payment)) : notFound()
    },
  },
  {
    method: 'POST',
    path: /^\/v1\/payments\/payouts-item\/(?<item>[^/]+)\/cancel$/,
    kind: 'look-up',
    answer: ({ params }, { bank }) => {
      const payment = findItem(bank, params.item)
      if (!payment) return notFound()
      if (payment.state !== 'unclaimed') return problem(400, 'ITEM_INCORRECT_STATUS')
      bank.giveBack(payment, 'CANCELED')
      return jsonAnswer(200, describeItem(payment))
    },
  },
]

const answerCertificate = (): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/x-pem-file' },
  body: createCertificate().pem,
})

const issueToken = ({ body, headers, now }: PayoutRequest, tokens: Map<string, number>): Answer => {
  const [, encoded = ''] = /^Basic (\S+)$/.exec(headers.authorization ?? '') ?? []
  const isClient = /^[^:]+:.+$/.test(Buffer.from(encoded, 'base64').toString())
  const grant = new URLSearchParams(body.toString()).get('grant_type')
  if (!isClient || grant !== 'client_credentials') {
    const description = 'Client Authentication failed'
    return jsonAnswer(401, { error: 'invalid_client', error_description: description })
  }
  const token = createId('A21AA', 32)
  tokens.set(token, now.getTime() + TOKEN_SECONDS * 1000)
  return jsonAnswer(200, {
    scope: 'https://uri.paypal.com/payments/payouts',
    access_token: token,
    token_type: 'Bearer',
    expires_in: TOKEN_SECONDS,
  })
}

const Item = z.object({
  recipient_type: z.string(),
  amount: z.object({ value: z.string(), currency: z.string().regex(/^[A-Z]{3}$/) }),
  receiver: z.string().max(127),
  note: z.string().max(4000).optional(),
  sender_item_id: z.string().max(63),
})
const Batch = z.object({
  sender_batch_header: z.object({ sender_batch_id: z.string().min(1).max(256) }),
  // Each payment of the simulator is a batch of its own.
  items: z.array(Item).length(1),
})

const takeBatch = (request: PayoutRequest, { bank, place }: PayoutTools): Answer => {
  const { data, error } = Batch.safeParse(request.json)
  if (!data) return invalid(error.issues[0]?.path.join('.') ?? '')
  const [item] = data.items
  if (!item) return invalid('items')
  if (item.recipient_type !== 'EMAIL' || !/^\S+@\S+\.\S+$/.test(item.receiver)) {
    return invalid('items[0].receiver', 'Receiver is invalid or does not match with type')
  }
  const amountMinor = readAmount(item.amount)
  if (amountMinor === null) return invalid('items[0].amount', 'Invalid amount')

  const key = data.sender_batch_header.sender_batch_id
  const original = bank
    .list({ provider: NAME, key })
    .findLast(({ at }) => request.now.getTime() - at.getTime() < DUPLICATE_MS)
  if (original) {
    const href = `${request.baseUrl}/v1/payments/payouts/${original.id}`
    return problem(400, 'USER_BUSINESS_ERROR', DUPLICATE, [{ href, rel: 'self', method: 'GET' }])
  }
  const payment = place({
    key,
    id: createId('').toUpperCase(),
    amountMinor,
    currency: item.amount.currency,
    request: request.json,
    onLowBalance: { state: 'failed', reason: 'INSUFFICIENT_FUNDS' },
    extra: { itemId: createId('').toUpperCase() },
  })
  // The first answer is always PENDING: checks of the account come later.
  return jsonAnswer(201, { batch_header: { ...describeHeader(payment), batch_status: 'PENDING' } })
}

const DUPLICATE = [{ field: 'SENDER_BATCH_ID', issue: 'Duplicate batch request' }]

/** ISO 4217 digits, and the currencies of which PayPal accepts whole amounts only. */
const DIGITS: Record<string, number> = { JPY: 0 }
const WHOLE = new Set(['HUF', 'JPY', 'TWD'])

/** Reads a decimal as minor units; null for an amount that PayPal refuses. */
const readAmount = ({ currency, value }: { currency: string; value: string }): number | null => {
  const [, whole = '', fraction = ''] = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(value) ?? []
  if (!whole || (fraction && WHOLE.has(currency))) return null
  const digits = DIGITS[currency] ?? 2
  return Number(whole + fraction.padEnd(digits, '0')) || null
}

const findItem = (bank: Bank, itemId = ''): Payment | undefined =>
  bank.list({ provider: NAME }).find(({ extra }) => extra?.itemId === itemId)

const problem = (status: number, name: string, details: object[] = [], links: object[] = []) => ({
  ...jsonAnswer(status, {
    name,
    message: name.toLowerCase().replaceAll('_', ' '),
    debug_id: createId('', 13),
    details,
    links,
  }),
  code: name,
})
const notFound = () => problem(404, 'INVALID_RESOURCE_ID')
const invalid = (field: string, issue = 'Value is invalid') =>
  problem(400, 'VALIDATION_ERROR', [{ field, location: 'body', issue }])
const invalidToken = (): Answer => ({
  ...jsonAnswer(401, { error: 'invalid_token', error_description: 'Token signature verification' }),
  code: 'invalid_token',
})
