import type { Answer } from '../../types.ts'
import type { Transaction, TransactionQuery } from '../scenario/types.ts'
import type { Network, NetworkRequest, Row, TransactionList } from '../types.ts'
import { jsonAnswer } from './wire.ts'
import { toMajor } from './amounts.ts'
import { merchantPage } from './merchantPage.ts'
import { DAY_MS, parseWallTime, formatWallTime } from './times.ts'

const PUBLISHER = 100_001
const MAX_PERIOD_MS = 31 * DAY_MS
const CLICK_MS = 30 * 60_000

const RAW_STATUSES: Record<string, string> = { confirmed: 'pending', paid: 'approved' }
const rawStatusOf = ({ status }: Transaction): string => RAW_STATUSES[status] ?? status

/**
 * Awin: a bare list of at most 31 days, by the time of the order, validation or amendment. Times
 * are in UTC, the only supported time zone. It pushes new transactions only, and no later changes.
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
        merchantPage({
          merchant: `Advertiser ${query.get('awinmid') ?? ''}`,
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
    fields: (transaction) => ({ AwinTransactionPush: JSON.stringify(buildPush(transaction)) }),
  },
  rawStatusOf,
})

const transactions: TransactionList = {
  path: /^\/publishers\/\d+\/transactions\/?$/,
  hasPages: false,
  read: ({ query }: NetworkRequest): TransactionQuery | Answer => {
    const [from, to] = [parseTime(query.get('startDate')), parseTime(query.get('endDate'))]
    if (from === null || to === null) return invalid('startDate and endDate are needed')
    if (to - from > MAX_PERIOD_MS) return invalid('The period must not exceed 31 days')
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
        test: (transaction) =>
          isWanted(transaction) && (!status || rawStatusOf(transaction) === status),
      },
      offset: 0,
      limit: Number.MAX_SAFE_INTEGER,
    }
  },
  row: (transaction): Row => {
    const { before, commissionMinor, currency, merchant, saleMinor } = transaction
    const money = (minor: number) => ({ amount: toMajor(minor, currency), currency })
    return {
      id: transaction.number,
      advertiserId: merchant.id,
      publisherId: PUBLISHER,
      commissionStatus: rawStatusOf(transaction),
      commissionAmount: money(commissionMinor),
      saleAmount: money(saleMinor),
      clickRefs: transaction.clickId === null ? null : { clickRef: transaction.clickId },
      clickDate: formatTime(transaction.eventMs - CLICK_MS),
      transactionDate: formatTime(transaction.eventMs),
      validationDate: isValidated(transaction) ? formatTime(transaction.changedMs) : null,
      type: 'Commission group transaction',
      amended: before !== null,
      amendReason: before && 'partial return',
      oldSaleAmount: before && money(before.saleMinor),
      oldCommissionAmount: before && money(before.commissionMinor),
      declineReason: transaction.status === 'declined' ? 'Order cancelled' : null,
      orderRef: transaction.reversalOf ?? transaction.order,
      paidToPublisher: transaction.status === 'paid',
      paymentId: transaction.status === 'paid' ? 1 : 0,
      transactionParts: [
        {
          commissionGroupId: 1,
          amount: toMajor(saleMinor, currency),
          commissionAmount: toMajor(commissionMinor, currency),
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

const isValidated = (transaction: Transaction): boolean => rawStatusOf(transaction) !== 'pending'

const DATE_TYPES: Record<string, (transaction: Transaction) => boolean> = {
  transaction: () => true,
  validation: isValidated,
  amendment: ({ before }) => before !== null,
}

/** The pushed transaction: all values are texts. */
const buildPush = (transaction: Transaction) => ({
  transactionId: String(transaction.number),
  transactionDate: formatWallTime(transaction.eventMs, 0),
  transactionCurrency: transaction.currency,
  transactionAmount: String(toMajor(transaction.saleMinor, transaction.currency)),
  commission: String(toMajor(transaction.commissionMinor, transaction.currency)),
  affiliateId: String(PUBLISHER),
  merchantId: String(transaction.merchant.id),
  groupId: '0',
  bannerId: '0',
  clickRef: transaction.clickId ?? '',
  clickThroughTime: formatWallTime(transaction.eventMs - CLICK_MS, 0),
  clickTime: formatWallTime(transaction.eventMs - CLICK_MS, 0),
})

const formatTime = (ms: number): string => formatWallTime(ms, 0).replace(' ', 'T')

const parseTime = (text: string | null): number | null => {
  const [, day = '', time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)$/.exec(text ?? '') ?? []
  return parseWallTime({ day, time }, 0)
}

const failure = (status: number, error: string, description: string): Answer =>
  jsonAnswer(status, { error, description }, description)

const invalid = (description: string) => failure(400, 'bad_request', description)
const denied = () => failure(401, 'unauthorized', 'Full authentication is required')
