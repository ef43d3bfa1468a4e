import { z } from 'zod'

import { httpUrl } from '../settingTypes.ts'
import { adapter } from './adapter.ts'
import { openHttp } from './http/openHttp.ts'
import type { HttpSettings } from './http/types.ts'
import { addressOf } from './parts/addressOf.ts'
import { badAnswer } from './parts/badAnswer.ts'
import { maybeText, someAmount, someText } from './parts/fields.ts'
import { insideWindow } from './parts/insideWindow.ts'
import { instantOf, maybeInstantOf } from './parts/instantOf.ts'
import { madeId } from './parts/madeId.ts'
import { currencyOf, minorOf } from './parts/minorOf.ts'
import { readRows } from './parts/readRows.ts'
import { slicesOf } from './parts/slicesOf.ts'
import { unreadPostback } from './parts/unreadPostback.ts'
import { withParams } from './parts/withParams.ts'
import type { SaleStatus } from '../domain/sale.ts'
import type { Network, NetworkCapabilities, SalePage, SaleRow } from './types.ts'

export type AwinSettings = HttpSettings & {
  token: string
  publisherId: string
  baseUrl?: string | undefined
}

const CAPABILITIES: NetworkCapabilities = {
  hasChangeFilter: true,
  maxWindowDays: 31,
  rescanDays: 120,
  maxClickIdLength: 50,
  requestsPerMinute: 20,
}

/** By the sale; or by what changed, which is either validated or amended. */
const DATE_TYPES = { event: ['transaction'], change: ['validation', 'amendment'] }

/** Awin: all transactions of up to 31 days in one list, in whatever zone is asked for. */
export const awin = (settings: AwinSettings): Network => {
  const { baseUrl = 'https://api.awin.com', publisherId, token } = settings
  const ask = openHttp(settings)
  return {
    adapter: 'awin',
    capabilities: CAPABILITIES,
    listSales: async function* (window, { signal }) {
      for (const slice of slicesOf(window, CAPABILITIES)) {
        const [startDate, endDate] = [slice.from, slice.to].map((at) => at.toISOString())
        for (const dateType of DATE_TYPES[slice.by]) {
          const query = {
            startDate: startDate?.slice(0, 19) ?? '',
            endDate: endDate?.slice(0, 19) ?? '',
            timezone: 'UTC',
            dateType,
          }
          const path = `/publishers/${encodeURIComponent(publisherId)}/transactions/`
          const page = await ask({
            url: addressOf({ baseUrl, path, query }),
            signal,
            headers: { authorization: `Bearer ${token}` },
            read: ({ body }) => readPage(body),
          })
          yield insideWindow({ page, window: slice, by: slice.by === 'event' ? 'each' : 'any' })
        }
      }
    },
    readPage,
    buildLink: (link) =>
      withParams({ ...link, ...CAPABILITIES, clickParam: 'clickref', deepLinkParam: 'ued' }),
    readPostback: unreadPostback,
  }
}

const Money = z.object({ amount: someAmount, currency: someText })
const Transaction = z.object({
  id: maybeText,
  advertiserId: maybeText,
  orderRef: maybeText,
  clickRefs: z.object({ clickRef: maybeText }).nullish(),
  commissionStatus: someText,
  paidToPublisher: z.boolean().nullish(),
  commissionAmount: Money,
  saleAmount: Money.nullish(),
  transactionDate: someText,
  clickDate: maybeText,
  validationDate: maybeText,
  amended: z.boolean().nullish(),
  amendReason: maybeText,
  declineReason: maybeText,
})

const readPage = (raw: unknown): SalePage => {
  if (!Array.isArray(raw)) throw badAnswer('awin')
  return { ...readRows(raw, readTransaction), raw, total: null }
}

const readTransaction = (raw: unknown): SaleRow => {
  const row = Transaction.parse(raw)
  const { advertiserId: merchantId, commissionAmount, orderRef: orderId, saleAmount } = row
  const currency = currencyOf(commissionAmount.currency)
  const eventAt = instantOf(row.transactionDate, '+00:00')
  const clickId = row.clickRefs?.clickRef ?? null
  const isSame = saleAmount?.currency === commissionAmount.currency
  return {
    externalId: row.id ?? madeId({ merchantId, orderId, clickId, eventAt }),
    isIdMade: row.id === null,
    orderId,
    clickId,
    merchantId,
    merchantName: null,
    status: statusOf(row.commissionStatus, row.paidToPublisher === true),
    rawStatus: row.commissionStatus,
    saleMinor: saleAmount && isSame ? minorOf(saleAmount.amount, currency) : null,
    commissionMinor: minorOf(commissionAmount.amount, currency),
    currency,
    eventAt,
    clickedAt: maybeInstantOf(row.clickDate, '+00:00'),
    // When a transaction was amended it does not say, and that may be after its validation.
    changedAt: row.amended ? null : maybeInstantOf(row.validationDate, '+00:00'),
    returnOf: null,
    comment: row.declineReason ?? row.amendReason,
    raw,
  }
}

const STATUSES = new Map<string, SaleStatus>([
  ['pending', 'pending'],
  ['approved', 'approved'],
  ['declined', 'declined'],
  ['deleted', 'declined'],
])

const statusOf = (word: string, isPaid: boolean): SaleStatus => {
  const status = STATUSES.get(word.toLowerCase()) ?? 'unknown'
  return status === 'approved' && isPaid ? 'paid' : status
}

/** Awin, as it is set up: settings of the account win over the environment's. */
export const awinAdapter = adapter({
  label: 'Awin',
  needs: ['AWIN_TOKEN', 'AWIN_PUBLISHER_ID'],
  credentials: ['AWIN_TOKEN', 'AWIN_PUBLISHER_ID'],
  settings: z.strictObject({ baseUrl: httpUrl.optional() }),
  open: ({ env, settings, wiring }) =>
    awin({
      token: env.AWIN_TOKEN ?? '',
      publisherId: env.AWIN_PUBLISHER_ID ?? '',
      baseUrl: env.AWIN_BASE_URL,
      timeoutMs: env.NETWORK_TIMEOUT_MS,
      ...wiring,
      ...settings,
    }),
})
