import type { Answer } from '../../types.ts'
import type { Sale, SaleQuery } from '../truth/types.ts'
import type { Network, NetworkRequest, Row, SaleList } from '../types.ts'
import { jsonAnswer } from './answers.ts'
import { majorOf, majorText } from './amounts.ts'
import { numberIn } from './numberIn.ts'
import { shop } from './shop.ts'
import { ALWAYS, DAY_MS, instantOf, wallTime } from './wall.ts'

const ZONE = 330
const [USUAL, MOST] = [50, 100]

const WORDS: Record<string, string> = {
  confirmed: 'validated',
  approved: 'payable',
  declined: 'rejected',
}
const wordOf = ({ status }: Sale): string => WORDS[status] ?? status

/**
 * CueLinks' second version, as clients see it: a ladder of states, and no body at all where there
 * is no row. `getTransactionDetails` is the path that operators were told. A row has no id of an
 * order, so a return tells in words what it takes from.
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
        return shop({ shop: 'Example Mart', clickId: query.get('subid') ?? '', landing })
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
    fields: (sale) => ({
      click_id: sale.clickId ?? '',
      transaction_id: String(sale.number),
      merchant_transaction_id: sale.returnOf ?? sale.order,
      transaction_amount: majorText(sale.saleMinor, sale.currency),
      commission_amount: majorText(sale.commissionMinor, sale.currency),
      status: wordOf(sale),
    }),
  },
  wordOf,
})

const transactions: SaleList = {
  path: /^\/api\/v2\/(?:transactions\.json|getTransactionDetails)$/,
  hasPages: true,
  read: ({ query }: NetworkRequest): SaleQuery | Answer => {
    const start = timeOf(query.get('start_date'), 0)
    const end = timeOf(query.get('end_date'), DAY_MS)
    if (start === null || end === null)
      return jsonAnswer(422, { error: 'Invalid date' }, 'Invalid date')
    const limit = numberIn(query.get('per_page'), { least: 1, most: MOST, otherwise: USUAL })
    const page = numberIn(query.get('page'), { least: 1, otherwise: 1 })
    const event = { fromMs: start ?? ALWAYS.fromMs, toMs: end ?? ALWAYS.toMs }
    return { event, offset: (page - 1) * limit, limit }
  },
  row: (sale): Row => ({
    id: sale.number,
    aff_sub: sale.clickId ?? '',
    referrer_url: 'https://example-cashback.test/store/x',
    sale_amount: majorOf(sale.saleMinor, sale.currency),
    currency: sale.currency,
    user_commission: majorOf(sale.commissionMinor, sale.currency),
    status: wordOf(sale),
    store_name: sale.merchant.name,
    campaign_id: sale.merchant.id,
    transaction_date: `${wallTime(sale.eventMs, ZONE).replace(' ', 'T')}+05:30`,
    extra_info: extraOf(sale),
    pub_affiliate_id: null,
    subid1: sale.clickId ?? '',
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

const extraOf = ({ returnOf, status }: Sale): string | null => {
  if (returnOf) return `Return of ${returnOf}`
  return status === 'declined' ? 'Order returned' : null
}

/** A day of India, or an instant with its zone; undefined where there is none. */
const timeOf = (text: string | null, dayLengthMs: number): number | null | undefined => {
  if (!text) return undefined
  if (/^\d{4}-\d\d-\d\d$/.test(text)) {
    const ms = instantOf({ day: text }, ZONE)
    return ms === null ? null : ms + dayLengthMs
  }
  // The second that is named is part of the window.
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? null : ms + (dayLengthMs ? 1000 : 0)
}

const denied = (): Answer => ({
  status: 401,
  headers: { 'content-type': 'text/plain', 'www-authenticate': 'Token realm="Application"' },
  body: 'HTTP Token: Access denied.\n',
  code: 'Access denied',
})
