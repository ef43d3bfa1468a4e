import type { Answer } from '../../types.ts'
import type { Sale, SaleQuery } from '../truth/types.ts'
import type { Network, NetworkRequest, Row, SaleList } from '../types.ts'
import { jsonAnswer } from './answers.ts'
import { majorOf } from './amounts.ts'
import { shop } from './shop.ts'
import { DAY_MS, instantOf, wallTime } from './wall.ts'

const PUBLISHER = 100_001
const LONGEST_MS = 31 * DAY_MS
const CLICK_MS = 30 * 60_000

const WORDS: Record<string, string> = { confirmed: 'pending', paid: 'approved' }
const wordOf = ({ status }: Sale): string => WORDS[status] ?? status

/**
 * Awin: a bare list for at most 31 days, by when it was sold, validated or amended. Times are UTC,
 * the one time zone that is known here. It pushes new sales alone, and no state of them.
 * https://help.awin.com, https://developer.awin.com/docs/request-types
 */
export const awin = (): Network => ({
  name: 'awin',
  title: 'Awin',
  merchant: { id: 7001, name: 'Example Books' },
  perMinute: 20,
  authorize: ({ headers }) => (/^Bearer \S+$/.test(headers.authorization ?? '') ? null : denied()),
  list: transactions,
  resources: [
    {
      method: 'GET',
      path: /^\/cread\.php$/,
      answer: ({ query }) =>
        shop({
          shop: `Advertiser ${query.get('awinmid') ?? ''}`,
          clickId: query.get('clickref') ?? '',
          landing: query.get('ued') ?? '',
        }),
      faults: [],
    },
  ],
  rateLimited: () => failure(429, 'too_many_requests', 'Too many requests'),
  unauthorized: () => denied(),
  tokenExpired: () => denied(),
  postback: {
    method: 'POST',
    postsIn: 'form',
    fields: (sale) => ({ AwinTransactionPush: JSON.stringify(pushed(sale)) }),
  },
  wordOf,
})

const transactions: SaleList = {
  path: /^\/publishers\/\d+\/transactions\/?$/,
  hasPages: false,
  read: ({ query }: NetworkRequest): SaleQuery | Answer => {
    const [from, to] = [timeOf(query.get('startDate')), timeOf(query.get('endDate'))]
    if (from === null || to === null) return invalid('startDate and endDate are needed')
    if (to - from > LONGEST_MS) return invalid('The period must not exceed 31 days')
    if ((query.get('timezone') ?? 'UTC') !== 'UTC') return invalid('Only UTC is simulated')
    const span = { fromMs: from, toMs: to + 1000 }
    const dateType = query.get('dateType') ?? 'transaction'
    const status = query.get('status')
    const isWanted = DATE_TYPES[dateType]
    if (!isWanted) return invalid('dateType is transaction, validation or amendment')
    const isEvent = dateType === 'transaction'
    return {
      ...(isEvent ? { event: span } : { change: span, orderBy: 'change' }),
      where: {
        name: `${dateType} ${status ?? ''}`,
        test: (sale) => isWanted(sale) && (!status || wordOf(sale) === status),
      },
      offset: 0,
      limit: Number.MAX_SAFE_INTEGER,
    }
  },
  row: (sale): Row => {
    const { before, commissionMinor, currency, merchant, saleMinor } = sale
    const money = (minor: number) => ({ amount: majorOf(minor, currency), currency })
    return {
      id: sale.number,
      advertiserId: merchant.id,
      publisherId: PUBLISHER,
      commissionStatus: wordOf(sale),
      commissionAmount: money(commissionMinor),
      saleAmount: money(saleMinor),
      clickRefs: sale.clickId === null ? null : { clickRef: sale.clickId },
      clickDate: isoTime(sale.eventMs - CLICK_MS),
      transactionDate: isoTime(sale.eventMs),
      validationDate: isValidated(sale) ? isoTime(sale.changedMs) : null,
      type: 'Commission group transaction',
      amended: before !== null,
      amendReason: before && 'partial return',
      oldSaleAmount: before && money(before.saleMinor),
      oldCommissionAmount: before && money(before.commissionMinor),
      declineReason: sale.status === 'declined' ? 'Order cancelled' : null,
      orderRef: sale.returnOf ?? sale.order,
      paidToPublisher: sale.status === 'paid',
      paymentId: sale.status === 'paid' ? 1 : 0,
      transactionParts: [
        {
          commissionGroupId: 1,
          amount: majorOf(saleMinor, currency),
          commissionAmount: majorOf(commissionMinor, currency),
          advertiserCost: null,
          commissionGroupCode: 'DEFAULT',
          commissionGroupName: 'Default',
        },
      ],
    }
  },
  optional: 'clickDate type amendReason declineReason orderRef paymentId transactionParts'.split(
    ' ',
  ),
  envelope: ({ rows }) => rows,
}

const isValidated = (sale: Sale): boolean => wordOf(sale) !== 'pending'

const DATE_TYPES: Record<string, (sale: Sale) => boolean> = {
  transaction: () => true,
  validation: isValidated,
  amendment: ({ before }) => before !== null,
}

/** Texts alone, in a form of one field. */
const pushed = (sale: Sale) => ({
  transactionId: String(sale.number),
  transactionDate: wallTime(sale.eventMs, 0),
  transactionCurrency: sale.currency,
  transactionAmount: String(majorOf(sale.saleMinor, sale.currency)),
  commission: String(majorOf(sale.commissionMinor, sale.currency)),
  affiliateId: String(PUBLISHER),
  merchantId: String(sale.merchant.id),
  groupId: '0',
  bannerId: '0',
  clickRef: sale.clickId ?? '',
  clickThroughTime: wallTime(sale.eventMs - CLICK_MS, 0),
  clickTime: wallTime(sale.eventMs - CLICK_MS, 0),
})

const isoTime = (ms: number): string => wallTime(ms, 0).replace(' ', 'T')

const timeOf = (text: string | null): number | null => {
  const [, day = '', time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)$/.exec(text ?? '') ?? []
  return instantOf({ day, time }, 0)
}

const failure = (status: number, error: string, description: string): Answer =>
  jsonAnswer(status, { error, description }, description)

const invalid = (description: string) => failure(400, 'bad_request', description)
const denied = () => failure(401, 'unauthorized', 'Full authentication is required')
