import type { Answer } from '../../types.ts'
import type { Transaction, TransactionQuery } from '../scenario/types.ts'
import type { Network, NetworkRequest, Row, TransactionList } from '../types.ts'
import { jsonAnswer, readNumber } from './wire.ts'
import { toMajor, formatMajor } from './amounts.ts'
import { merchantPage } from './merchantPage.ts'
import { ALWAYS, DAY_MS, parseWallTime, formatWallTime } from './times.ts'

const ZONE = 330
const [DEFAULT_LIMIT, MAX_LIMIT] = [50, 100]

const RAW_STATUSES: Record<string, string> = {
  confirmed: 'validated',
  approved: 'payable',
  declined: 'rejected',
}
const rawStatusOf = ({ status }: Transaction): string => RAW_STATUSES[status] ?? status

/**
 * CueLinks' API version 2, as clients use it: its statuses, and no body if there is no row.
 * Operators report the path `getTransactionDetails`. A row has no order id, so a reversal names its
 * order in a comment.
 */
export const cuelinks = (): Network => ({
  name: 'cuelinks',
  title: 'CueLinks',
  merchant: { id: 527, name: 'Example Mart' },
  perMinute: null,
  authorize: ({ headers }) =>
    /^(?:Token token="?[^"\s]+"?|Bearer \S+)$/.test(headers.authorization ?? '') ? null : denied(),
  list: transactions,
  resources: [
    {
      method: 'GET',
      path: /^\/$/,
      answer: ({ query }) => {
        const landing = query.get('url') ?? ''
        return merchantPage({
          merchant: 'Example Mart',
          clickId: query.get('subid') ?? '',
          landing,
        })
      },
      faults: [],
    },
  ],
  rateLimited: () => jsonAnswer(429, { error: 'Too many requests' }, 'Too many requests'),
  unauthorized: () => denied(),
  tokenExpired: () => denied(),
  postback: {
    method: 'POST',
    postsIn: 'query',
    fields: (transaction) => ({
      click_id: transaction.clickId ?? '',
      transaction_id: String(transaction.number),
      merchant_transaction_id: transaction.reversalOf ?? transaction.order,
      transaction_amount: formatMajor(transaction.saleMinor, transaction.currency),
      commission_amount: formatMajor(transaction.commissionMinor, transaction.currency),
      status: rawStatusOf(transaction),
    }),
  },
  rawStatusOf,
})

const transactions: TransactionList = {
  path: /^\/api\/v2\/(?:transactions\.json|getTransactionDetails)$/,
  hasPages: true,
  read: ({ query }: NetworkRequest): TransactionQuery | Answer => {
    const start = parseTime(query.get('start_date'), 0)
    const end = parseTime(query.get('end_date'), DAY_MS)
    if (start === null || end === null)
      return jsonAnswer(422, { error: 'Invalid date' }, 'Invalid date')
    const limit = readNumber(query.get('per_page'), {
      least: 1,
      most: MAX_LIMIT,
      otherwise: DEFAULT_LIMIT,
    })
    const page = readNumber(query.get('page'), { least: 1, otherwise: 1 })
    const event = { fromMs: start ?? ALWAYS.fromMs, toMs: end ?? ALWAYS.toMs }
    return { event, offset: (page - 1) * limit, limit }
  },
  row: (transaction): Row => ({
    id: transaction.number,
    aff_sub: transaction.clickId ?? '',
    referrer_url: 'https://example-cashback.test/store/x',
    sale_amount: toMajor(transaction.saleMinor, transaction.currency),
    currency: transaction.currency,
    user_commission: toMajor(transaction.commissionMinor, transaction.currency),
    status: rawStatusOf(transaction),
    store_name: transaction.merchant.name,
    campaign_id: transaction.merchant.id,
    transaction_date: `${formatWallTime(transaction.eventMs, ZONE).replace(' ', 'T')}+05:30`,
    extra_info: formatExtra(transaction),
    pub_affiliate_id: null,
    subid1: transaction.clickId ?? '',
    subid2: '',
    subid3: '',
    subid4: '',
    subid5: '',
  }),
  optional:
    'referrer_url sale_amount extra_info pub_affiliate_id subid2 subid3 subid4 subid5'.split(' '),
  envelope: ({ rows, total }) => ({ total_count: total, transactions: rows }),
  nothing: { status: 204 },
}

const formatExtra = ({ reversalOf, status }: Transaction): string | null => {
  if (reversalOf) return `Return of ${reversalOf}`
  return status === 'declined' ? 'Order returned' : null
}

/** Parses a day in India, or an instant with its zone; undefined if there is none. */
const parseTime = (text: string | null, dayLengthMs: number): number | null | undefined => {
  if (!text) return undefined
  if (/^\d{4}-\d\d-\d\d$/.test(text)) {
    const ms = parseWallTime({ day: text }, ZONE)
    return ms === null ? null : ms + dayLengthMs
  }
  // The named second is part of the window.
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? null : ms + (dayLengthMs ? 1000 : 0)
}

const denied = (): Answer => ({
  status: 401,
  headers: { 'content-type': 'text/plain', 'www-authenticate': 'Token realm="Application"' },
  body: 'HTTP Token: Access denied.\n',
  code: 'Access denied',
})
