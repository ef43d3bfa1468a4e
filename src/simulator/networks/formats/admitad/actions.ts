import type { Answer } from '../../../types.ts'
import type { Transaction, TransactionQuery, Span } from '../../scenario/types.ts'
import type { NetworkRequest, Row, TransactionList } from '../../types.ts'
import { toMajor, formatMajor } from '../amounts.ts'
import { readNumber } from '../wire.ts'
import { ALWAYS, DAY_MS, parseWallTime, formatWallTime } from '../times.ts'
import { problem, PROBLEMS } from './tokens.ts'

/** Times have no zone. Help pages name Moscow's for coupons; we assume it for all times. */
const ZONE = 180
const [DEFAULT_LIMIT, MAX_LIMIT] = [20, 500]
const HOLD_MS = 49 * DAY_MS
/** From the click to the order. */
export const CLICK_SECONDS = 412

/** The status in the API. Postbacks use other statuses. */
export const rawStatusOf = ({ status }: Pick<Transaction, 'status'>): string =>
  RAW_STATUSES[status] ?? status
const RAW_STATUSES: Record<string, string> = { confirmed: 'approved_but_stalled', paid: 'approved' }
/** The status filter's numbers, as a public client uses them. */
const NUMBERED: Record<string, string> = { '1': 'pending', '2': 'approved', '3': 'declined' }

/** `GET /statistics/actions/`. Unknown parameters are ignored without an error. */
export const actions: TransactionList = {
  path: /^\/statistics\/actions\/$/,
  hasPages: true,
  read: ({ query }: NetworkRequest): TransactionQuery | Answer => {
    const event = readSpan({ query, from: 'date_start', to: 'date_end' })
    const change = readSpan({ query, from: 'status_updated_start', to: 'status_updated_end' })
    if (!event || !change) return problem(PROBLEMS.badRequest)
    const status = NUMBERED[query.get('status') ?? '']
    return {
      event,
      ...(change === ALWAYS ? {} : { change }),
      isNewestFirst: query.getAll('order_by').includes('-datetime'),
      ...(status
        ? { where: { name: status, test: (transaction) => rawStatusOf(transaction) === status } }
        : {}),
      offset: readNumber(query.get('offset'), { otherwise: 0 }),
      limit: readNumber(query.get('limit'), {
        least: 1,
        most: MAX_LIMIT,
        otherwise: DEFAULT_LIMIT,
      }),
    }
  },
  row: (transaction): Row => ({
    status: rawStatusOf(transaction),
    comment: transaction.status === 'declined' ? 'Order cancelled' : null,
    conversion_time: CLICK_SECONDS,
    keyword: null,
    advcampaign_name: transaction.merchant.name,
    advcampaign_id: transaction.merchant.id,
    cart: toMajor(transaction.saleMinor, transaction.currency),
    subid: null,
    subid1: null,
    subid2: null,
    subid3: null,
    subid4: transaction.clickId,
    click_user_referer: null,
    currency: transaction.currency,
    action_date: formatWallTime(transaction.eventMs, ZONE),
    website_name: 'example-cashback.test',
    action: 'Paid order',
    click_date: formatWallTime(transaction.eventMs - CLICK_SECONDS * 1000, ZONE),
    payment: toMajor(transaction.commissionMinor, transaction.currency),
    tariff_id: 501,
    banner_id: 0,
    action_id: transaction.number,
    processed: transaction.status === 'pending' ? 0 : 1,
    paid: transaction.status === 'paid' ? 1 : 0,
    order_id: transaction.reversalOf ?? transaction.order,
    closing_date: formatWallTime(transaction.eventMs + HOLD_MS, ZONE).slice(0, 10),
    action_type: 'sale',
    status_updated: formatWallTime(transaction.changedMs, ZONE),
    positions: [position(transaction)],
  }),
  optional: `
    comment conversion_time keyword cart subid subid1 subid2 subid3 click_user_referer
    website_name click_date tariff_id banner_id closing_date positions
  `
    .trim()
    .split(/\s+/),
  envelope: ({ query: { limit, offset }, rows, total }) => ({
    results: rows,
    _meta: { count: total, limit, offset },
  }),
}

/** A position. Its amounts are texts; those of the row are numbers. */
const position = (transaction: Transaction): Row => ({
  id: transaction.number,
  tariff_id: 501,
  payment: formatMajor(transaction.commissionMinor, transaction.currency),
  rate: '5.00',
  rate_id: 9001,
  datetime: formatWallTime(transaction.eventMs, ZONE),
  amount: formatMajor(transaction.saleMinor, transaction.currency),
  percentage: true,
  product_id: null,
  product_name: null,
  product_image: null,
  product_url: null,
  product_category_id: null,
  product_category_name: null,
})

/** Reads a span that includes both ends: whole days, or whole seconds. Null if one is malformed. */
const readSpan = ({ from, query, to }: Ends): Span | null => {
  const [start, end] = [readWall(query.get(from)), readWall(query.get(to))]
  if (start === undefined && end === undefined) return ALWAYS
  if (start === null || end === null) return null
  return { fromMs: start?.ms ?? ALWAYS.fromMs, toMs: end ? end.ms + end.lengthMs : ALWAYS.toMs }
}

type Ends = { query: URLSearchParams; from: string; to: string }

/** `dd.mm.yyyy`, with or without a time. */
const readWall = (text: string | null) => {
  if (!text) return undefined
  const match = /^(\d\d)\.(\d\d)\.(\d{4})(?: (\d\d:\d\d:\d\d))?$/.exec(text)
  if (!match) return null
  const [, day = '', month = '', year = '', time] = match
  const ms = parseWallTime({ day: `${year}-${month}-${day}`, time }, ZONE)
  return ms === null ? null : { ms, lengthMs: time ? 1000 : DAY_MS }
}
