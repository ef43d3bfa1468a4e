import { createHash } from 'node:crypto'

import type { Answer } from '../../types.ts'
import type { Sale, SaleQuery } from '../truth/types.ts'
import type { Network, NetworkRequest, Row, SaleList } from '../types.ts'
import { jsonAnswer } from './answers.ts'
import { majorOf } from './amounts.ts'
import { shop } from './shop.ts'
import { DAY_MS, instantOf } from './wall.ts'

/** Days of a window are the network's own; that they are India's is inferred from its examples. */
const ZONE = 330
const [LEAST, MOST] = [100, 1000]

const WORDS: Record<string, string> = {
  confirmed: 'pending',
  paid: 'approved',
  declined: 'cancelled',
}
const wordOf = ({ status }: Sale): string => WORDS[status] ?? status

/**
 * vCommission, taken to be what its platform Trackier documents: pages, no sale amount, no time of
 * change and no word for paid. `/v2/transactions` is the path that operators were told.
 */
export const vcommission = (): Network => ({
  name: 'vcommission',
  title: 'vCommission',
  merchant: { id: 10_882, name: 'Example Beauty CPS - India' },
  perMinute: null,
  authorize: ({ headers, query }) =>
    headers['x-api-key'] || query.get('apiKey') ? null : badKey(),
  list: conversions,
  resources: [
    {
      method: 'GET',
      path: /^\/click$/,
      answer: ({ query }) =>
        shop({
          shop: `Campaign ${query.get('campaign_id') ?? ''}`,
          clickId: query.get('p1') ?? '',
          landing: query.get('url') ?? '',
        }),
      faults: [],
    },
  ],
  rateLimited: () => failure({ status: 429, code: '429', word: 'TOO_MANY_REQUESTS' }),
  unauthorized: () => badKey(),
  tokenExpired: () => failure({ status: 401, code: '401', word: 'UNAUTHORIZED' }),
  postback: {
    method: 'GET',
    postsIn: 'form',
    fields: (sale) => ({
      click_id: sale.clickId ?? '',
      payout: String(majorOf(sale.commissionMinor, sale.currency)),
      txn_id: sale.returnOf ?? sale.order,
      status: wordOf(sale),
      currency: sale.currency,
      campaign_id: String(sale.merchant.id),
    }),
  },
  wordOf,
})

const conversions: SaleList = {
  path: /^\/v2\/(?:publishers\/conversions|transactions)$/,
  hasPages: true,
  read: ({ query }: NetworkRequest): SaleQuery | Answer => {
    const [start, end] = [dayOf(query.get('start')), dayOf(query.get('end'))]
    if (start === null) return invalid('"start" is required')
    if (end === null) return invalid('"end" is required')
    const [limit, page] = [Number(query.get('limit') ?? LEAST), Number(query.get('page') ?? 1)]
    if (!Number.isInteger(limit) || limit < LEAST || limit > MOST)
      return invalid(`"limit" must be between ${LEAST} and ${MOST}`)
    if (!Number.isInteger(page) || page < 1) return invalid('"page" must be larger than 0')
    const status = query.get('status')
    return {
      event: { fromMs: start, toMs: end + DAY_MS },
      ...(status ? { where: { name: status, test: (sale) => wordOf(sale) === status } } : {}),
      offset: (page - 1) * limit,
      limit,
    }
  },
  row: (sale): Row => ({
    _id: idOf(sale.number, 'conversion'),
    click_id: idOf(sale.number, 'click'),
    source: '',
    elapsed_time: 388,
    city: 'Pune',
    region: 'Maharashtra',
    isp: 'Example Telecom',
    p1: sale.clickId ?? '',
    ...Object.fromEntries(OTHER_PARAMETERS.map((name) => [name, ''])),
    os: 'Android 14.0',
    goal_id: null,
    txn_id: sale.returnOf ?? sale.order,
    currency: sale.currency,
    payout: majorOf(sale.commissionMinor, sale.currency),
    orig_sale_currency: sale.currency,
    country: 'IN',
    browser: 'Chrome 141',
    device: 'mobile',
    created: new Date(sale.eventMs).toISOString(),
    status: wordOf(sale),
    external_offer_id: '',
    campaign_id: sale.merchant.id,
    campaign_name: sale.merchant.name,
    goal_name: 'Sale',
    url_title: 'Default',
  }),
  optional: `
    source elapsed_time city region isp os goal_id txn_id orig_sale_currency country
    browser device external_offer_id goal_name url_title
  `
    .trim()
    .split(/\s+/),
  envelope: ({ query: { limit, offset }, rows, total }) => ({
    conversions: rows,
    pagination: { perPage: limit, currentPage: offset / limit + 1, total },
  }),
}

const OTHER_PARAMETERS = Array.from({ length: 9 }, (_each, index) => `p${index + 2}`)

/** 24 hexadecimal digits, as its database makes them. */
const idOf = (number: number, kind: string): string =>
  createHash('md5').update(`${kind} ${number}`).digest('hex').slice(0, 24)

const dayOf = (text: string | null): number | null =>
  /^\d{4}-\d\d-\d\d$/.test(text ?? '') ? instantOf({ day: text ?? '' }, ZONE) : null

type Failure = { status: number; code: string; word: string; message?: string }

const failure = ({ code, message, status, word }: Failure): Answer =>
  jsonAnswer(
    status,
    {
      success: false,
      errors: [{ statusCode: status, code, codeMsg: word, message: message ?? word }],
    },
    message ?? word,
  )

const invalid = (message: string) =>
  failure({ status: 400, code: '107', word: 'VALIDATION_ERROR', message })

const badKey = () =>
  failure({ status: 400, code: '101', word: 'INVALID_API_KEY', message: 'Invalid API Key' })
