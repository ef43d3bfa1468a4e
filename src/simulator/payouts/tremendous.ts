import { z } from 'zod'

import type { Answer } from '../types.ts'
import { type Bank, createId, type Payment } from './createBank.ts'
import { describeOrder, linkOf, rewardIdOf } from './describeTremendous.ts'
import {
  jsonAnswer,
  type PayoutProvider,
  type PayoutRequest,
  type PayoutRoute,
  type PayoutTools,
} from './types.ts'

const NAME = 'tremendous'

/** Tremendous: orders of one reward each, its catalogue and its balance. It sends no webhooks. */
export const createTremendous = (): PayoutProvider => ({
  name: NAME,
  title: 'Tremendous',
  basePath: '/tremendous/api/v2',
  faults: ['codes-later'],
  routes: listRoutes(),
  authorize: ({ headers }) => (isAuthorized(headers.authorization) ? null : unauthorized()),
  refusals: {
    conflict: () => problem(409, 'The order is being created'),
    notFound: () => notFound(),
    rateLimited: () => problem(429, 'Rate limit exceeded'),
    serverError: () => problem(500, 'Unexpected error'),
    unauthorized: () => unauthorized(),
  },
  buildPosts: () => [],
})

const listRoutes = (): PayoutRoute[] => [
  { method: 'POST', path: /^\/orders$/, kind: 'order', answer: takeOrder },
  {
    method: 'GET',
    path: /^\/orders\/(?<id>[^/]+)$/,
    kind: 'look-up',
    answer: ({ params: { id = '' } }, { bank }) => {
      const payment = findOrder(bank, id)
      if (!payment) return notFound()
      const answer = jsonAnswer(200, { order: describeOrder(payment, { withLink: false }) })
      showCodeFromNowOn(payment)
      return answer
    },
  },
  {
    method: 'POST',
    path: /^\/rewards\/(?<id>[^/]+)\/generate_link$/,
    kind: 'look-up',
    answer: ({ params: { id = '' } }, { bank }) => {
      const payment = bank.list({ provider: NAME }).find((each) => rewardIdOf(each) === id)
      if (payment?.state !== 'settled') return notFound()
      return jsonAnswer(200, { reward: { id, link: linkOf(payment) } })
    },
  },
  {
    method: 'GET',
    path: /^\/products$/,
    kind: 'other',
    answer: ({ headers, query }) => {
      const wanted = query.get('currency')?.split(',')
      const products = PRODUCTS.filter(
        ({ currency_codes: codes }) => !wanted || codes.some((code) => wanted.includes(code)),
      )
      return isAuthorized(headers.authorization) ? jsonAnswer(200, { products }) : unauthorized()
    },
  },
  {
    method: 'GET',
    path: /^\/funding_sources$/,
    kind: 'other',
    answer: ({ headers }, { bank }) =>
      isAuthorized(headers.authorization)
        ? jsonAnswer(200, { funding_sources: [describeBalance(bank)] })
        : unauthorized(),
  },
]

const Order = z.object({
  external_id: z.string().min(1).optional(),
  payment: z.object({ funding_source_id: z.string().min(1) }),
  reward: z.object({
    products: z.array(z.string()).min(1),
    value: z.object({ denomination: z.number().positive(), currency_code: z.string() }),
    recipient: z.object({ name: z.string(), email: z.string().optional() }),
    delivery: z.object({ method: z.enum(['EMAIL', 'LINK', 'PHONE']) }),
  }),
})

const takeOrder = (request: PayoutRequest, { bank, place }: PayoutTools): Answer => {
  const { data, error } = Order.safeParse(request.json)
  if (!data) return problem(400, `Order failed: ${error.issues[0]?.path.join('.')} is invalid`)
  const key = data.external_id ?? createId('')
  // A repeat returns the first order, with whatever contents.
  const [first] = bank.list({ provider: NAME, key })
  if (first) return jsonAnswer(201, { order: describeOrder(first, { withLink: true }) })

  const { products, value } = data.reward
  const product = PRODUCTS.find(({ id }) => id === products[0])
  if (!product) return invalidReward({ products: 'Unknown product' })
  const { currency_code: currency, denomination } = value
  const isOffered = product.skus.some(({ max, min }) => denomination >= min && denomination <= max)
  if (!isOffered || !product.currency_codes.includes(currency)) {
    return invalidReward({ value: { denomination: 'Not offered by the product' } })
  }
  const payment = place({
    key,
    id: createId('', 12).toUpperCase(),
    amountMinor: Math.round(denomination * 100),
    currency,
    request: request.json,
    onLowBalance: { state: 'failed', reason: 'INSUFFICIENT_FUNDS' },
  })
  // An order of one reward is executed at once, unless something delays it.
  bank.moveDue()
  if (payment.reason === 'INSUFFICIENT_FUNDS') return problem(402, 'Not enough funds')
  const answer = jsonAnswer(200, { order: describeOrder(payment, { withLink: true }) })
  showCodeFromNowOn(payment)
  return answer
}

/** With `codes-later`, the first answer that shows the settled order has no card yet. */
const showCodeFromNowOn = (payment: Payment): void => {
  if (payment.state === 'settled') payment.extra = { ...payment.extra, isCodeShown: true }
}

const findOrder = (bank: Bank, id: string): Payment | undefined =>
  bank.list({ provider: NAME }).find((each) => each.id === id || each.key === id)

const describeBalance = (bank: Bank) => ({
  id: 'SIMULATORBALANCE',
  method: 'balance',
  status: 'active',
  meta: {
    available_amount: (bank.balanceOf(NAME, 'USD') ?? 1_000_000_00) / 100,
    currency_code: 'USD',
  },
})

/** One card with any amount, one with three amounts, one in another currency. */
const PRODUCTS = [
  {
    id: 'OKMHM2X2OHYV',
    name: 'Amazon.com',
    category: 'merchant_card',
    currency_codes: ['USD'],
    countries: [{ abbr: 'US' }],
    skus: [{ min: 0.01, max: 2000 }],
  },
  {
    id: 'A2J05SWPI2QG',
    name: 'Coffee House',
    category: 'merchant_card',
    currency_codes: ['USD'],
    countries: [{ abbr: 'US' }, { abbr: 'CA' }],
    skus: [10, 25, 50].map((amount) => ({ min: amount, max: amount })),
  },
  {
    id: 'SRDHFATO9KHN',
    name: 'Amazon.in',
    category: 'merchant_card',
    currency_codes: ['INR'],
    countries: [{ abbr: 'IN' }],
    skus: [{ min: 10, max: 10_000 }],
  },
]

const isAuthorized = (header = ''): boolean => /^Bearer \S+$/.test(header)
const problem = (status: number, message: string, payload: object = {}): Answer => ({
  ...jsonAnswer(status, { errors: { message, payload } }),
  code: message,
})
const invalidReward = (reward: object): Answer =>
  problem(400, 'Order failed: validation failure', { reward })
const notFound = () => problem(404, 'No resource could be found')
const unauthorized = () => problem(401, 'Unauthorized')
