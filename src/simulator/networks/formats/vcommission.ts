import { createHash } from 'node:crypto'

import type { Answer } from '../../types.ts'
import type { Transaction, TransactionQuery } from '../scenario/types.ts'
import type { Network, NetworkRequest, Row, TransactionList } from '../types.ts'
import { jsonAnswer } from './wire.ts'
import { toMajor } from './amounts.ts'
import { merchantPage } from './merchantPage.ts'
import { DAY_MS, parseWallTime } from './times.ts'

/** The time zone of its days, inferred from its examples. */
const ZONE = 330
const [MIN_LIMIT, MAX_LIMIT] = [100, 1000]

const RAW_STATUSES: Record<string, string> = {
  confirmed: 'pending',
  paid: 'approved',
  declined: 'cancelled',
}
const rawStatusOf = ({ status }: Transaction): string => RAW_STATUSES[status] ?? status

/**
 * vCommission, as its platform Trackier is documented: pages, no sale amount, no time of change and
 * no status for paid. Operators report the path `/v2/transactions`.
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
        merchantPage({
          merchant: `Campaign ${query.get('campaign_id') ?? ''}`,
          clickId: query.get('p1') ?? '',
          landing: query.get('url') ?? '',
        }),
      faults: [],
    },
  ],
  rateLimited: () => failure({ status: 429, code: '429', codeMsg: 'TOO_MANY_REQUESTS' }),
  unauthorized: () => badKey(),
  tokenExpired: () => failure({ status: 401, code: '401', codeMsg: 'UNAUTHORIZED' }),
  postback: {
    method: 'GET',
    postsIn: 'form',
    fields: (transaction) => ({
      click_id: transaction.clickId ?? '',
      payout: String(toMajor(transaction.commissionMinor, transaction.currency)),
      txn_id: transaction.reversalOf ?? transaction.order,
      status: rawStatusOf(transaction),
      currency: transaction.currency,
      campaign_id: String(transaction.merchant.id),
    }),
  },
  rawStatusOf,
})

const conversions: TransactionList = {
  path: /^\/v2\/(?:publishers\/conversions|transactions)$/,
  hasPages: true,
  read: ({ query }: NetworkRequest): TransactionQuery | Answer => {
    const [start, end] = [parseDay(query.get('start')), parseDay(query.get('end'))]
    if (start === null) return invalid('"start" is required')
    if (end === null) return invalid('"end" is required')
    const [limit, page] = [Number(query.get('limit') ?? MIN_LIMIT), Number(query.get('page') ?? 1)]
    if (!Number.isInteger(limit) || limit < MIN_LIMIT || limit > MAX_LIMIT)
      return invalid(`"limit" must be between ${MIN_LIMIT} and ${MAX_LIMIT}`)
    if (!Number.isInteger(page) || page < 1) return invalid('"page" must be larger than 0')
    const status = query.get('status')
    return {
      event: { fromMs: start, toMs: end + DAY_MS },
      ...(status
        ? { where: { name: status, test: (transaction) => rawStatusOf(transaction) === status } }
        : {}),
      offset: (page - 1) * limit,
      limit,
    }
  },
  row: (transaction): Row => ({
    _id: hashId(transaction.number, 'conversion'),
    click_id: hashId(transaction.number, 'click'),
    source: '',
    elapsed_time: 388,
    city: 'Pune',
    region: 'Maharashtra',
    isp: 'Example Telecom',
    p1: transaction.clickId ?? '',
    ...Object.fromEntries(OTHER_PARAMETERS.map((name) => [name, ''])),
    os: 'Android 14.0',
    goal_id: null,
    txn_id: transaction.reversalOf ?? transaction.order,
    currency: transaction.currency,
    payout: toMajor(transaction.commissionMinor, transaction.currency),
    orig_sale_currency: transaction.currency,
    country: 'IN',
    browser: 'Chrome 141',
    device: 'mobile',
    created: new Date(transaction.eventMs).toISOString(),
    status: rawStatusOf(transaction),
    external_offer_id: '',
    campaign_id: transaction.merchant.id,
    campaign_name: transaction.merchant.name,
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

/** 24 hexadecimal digits, like the ids of its database. */
const hashId = (number: number, kind: string): string =>
  createHash('md5').update(`${kind} ${number}`).digest('hex').slice(0, 24)

const parseDay = (text: string | null): number | null =>
  /^\d{4}-\d\d-\d\d$/.test(text ?? '') ? parseWallTime({ day: text ?? '' }, ZONE) : null

type Failure = { status: number; code: string; codeMsg: string; message?: string }

const failure = ({ code, codeMsg, message, status }: Failure): Answer =>
  jsonAnswer(
    status,
    {
      success: false,
      errors: [{ statusCode: status, code, codeMsg, message: message ?? codeMsg }],
    },
    message ?? codeMsg,
  )

const invalid = (message: string) =>
  failure({ status: 400, code: '107', codeMsg: 'VALIDATION_ERROR', message })

const badKey = () =>
  failure({ status: 400, code: '101', codeMsg: 'INVALID_API_KEY', message: 'Invalid API Key' })
