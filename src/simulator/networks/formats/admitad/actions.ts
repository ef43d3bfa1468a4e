import type { Answer } from '../../../types.ts'
import type { Sale, SaleQuery, Span } from '../../truth/types.ts'
import type { NetworkRequest, Row, SaleList } from '../../types.ts'
import { majorOf, majorText } from '../amounts.ts'
import { numberIn } from '../numberIn.ts'
import { ALWAYS, DAY_MS, instantOf, wallTime } from '../wall.ts'
import { problem, PROBLEMS } from './problems.ts'

/** Its times have no zone; help pages say Moscow's for coupons, and we take it for all of them. */
const ZONE = 180
/** What a request gets that names no limit, and at most. */
const [USUAL, MOST] = [20, 500]
const HOLD_MS = 49 * DAY_MS
/** From the click to the sale. */
export const CLICK_SECONDS = 412

/** Words of the API; a postback has others. */
export const wordOf = ({ status }: Pick<Sale, 'status'>): string => WORDS[status] ?? status
const WORDS: Record<string, string> = { confirmed: 'approved_but_stalled', paid: 'approved' }
/** Numbers in its filter; the order is what a public client takes it to be. */
const NUMBERED: Record<string, string> = { '1': 'pending', '2': 'approved', '3': 'declined' }

/** `GET /statistics/actions/`. A parameter it does not know is dropped without a word. */
export const actions: SaleList = {
  path: /^\/statistics\/actions\/$/,
  hasPages: true,
  read: ({ query }: NetworkRequest): SaleQuery | Answer => {
    const event = spanOf({ query, from: 'date_start', to: 'date_end' })
    const change = spanOf({ query, from: 'status_updated_start', to: 'status_updated_end' })
    if (!event || !change) return problem(PROBLEMS.badRequest)
    const status = NUMBERED[query.get('status') ?? '']
    return {
      event,
      ...(change === ALWAYS ? {} : { change }),
      isNewestFirst: query.getAll('order_by').includes('-datetime'),
      ...(status ? { where: { name: status, test: (sale) => wordOf(sale) === status } } : {}),
      offset: numberIn(query.get('offset'), { otherwise: 0 }),
      limit: numberIn(query.get('limit'), { least: 1, most: MOST, otherwise: USUAL }),
    }
  },
  row: (sale): Row => ({
    status: wordOf(sale),
    comment: sale.status === 'declined' ? 'Order cancelled' : null,
    conversion_time: CLICK_SECONDS,
    keyword: null,
    advcampaign_name: sale.merchant.name,
    advcampaign_id: sale.merchant.id,
    cart: majorOf(sale.saleMinor, sale.currency),
    subid: null,
    subid1: null,
    subid2: null,
    subid3: null,
    subid4: sale.clickId,
    click_user_referer: null,
    currency: sale.currency,
    action_date: wallTime(sale.eventMs, ZONE),
    website_name: 'example-cashback.test',
    action: 'Paid order',
    click_date: wallTime(sale.eventMs - CLICK_SECONDS * 1000, ZONE),
    payment: majorOf(sale.commissionMinor, sale.currency),
    tariff_id: 501,
    banner_id: 0,
    action_id: sale.number,
    processed: sale.status === 'pending' ? 0 : 1,
    paid: sale.status === 'paid' ? 1 : 0,
    order_id: sale.returnOf ?? sale.order,
    closing_date: wallTime(sale.eventMs + HOLD_MS, ZONE).slice(0, 10),
    action_type: 'sale',
    status_updated: wallTime(sale.changedMs, ZONE),
    positions: [position(sale)],
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

/** Amounts are numbers in a row and texts in its positions. */
const position = (sale: Sale): Row => ({
  id: sale.number,
  tariff_id: 501,
  payment: majorText(sale.commissionMinor, sale.currency),
  rate: '5.00',
  rate_id: 9001,
  datetime: wallTime(sale.eventMs, ZONE),
  amount: majorText(sale.saleMinor, sale.currency),
  percentage: true,
  product_id: null,
  product_name: null,
  product_image: null,
  product_url: null,
  product_category_id: null,
  product_category_name: null,
})

/** Both ends are part of it: a whole day, or a whole second. Null where one cannot be read. */
const spanOf = ({ from, query, to }: Ends): Span | null => {
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
  const ms = instantOf({ day: `${year}-${month}-${day}`, time }, ZONE)
  return ms === null ? null : { ms, lengthMs: time ? 1000 : DAY_MS }
}
