import { z } from 'zod'

import { httpUrl } from '../../platform/settingTypes.ts'
import { defineAdapter } from './defineAdapter.ts'
import { openHttp } from './http/openHttp.ts'
import type { HttpSettings } from './http/types.ts'
import { buildUrl, buildTrackingLink } from './parts/urls.ts'
import { badResponse, readRows } from './parts/readRows.ts'
import { optionalText, requiredAmount, requiredText } from './parts/fields.ts'
import { checkWindow, sliceWindow } from './parts/windows.ts'
import { parseInstant, parseOptionalInstant } from './parts/instants.ts'
import { generateId } from './parts/ids.ts'
import { parseCurrency, parseMinor } from './parts/amounts.ts'
import { keepUnreadPostback } from './parts/postbacks.ts'
import type { TransactionStatus } from '../../domain/cashback/transaction.ts'
import { NetworkError } from './NetworkError.ts'
import type {
  Network,
  NetworkCapabilities,
  TransactionPage,
  TransactionRow,
  TransactionWindow,
} from './types.ts'

export type AwinSettings = HttpSettings & {
  token: string
  publisherId: string
  baseUrl?: string | undefined
}

const BASE_URL = 'https://api.awin.com'

const CAPABILITIES: NetworkCapabilities = {
  hasChangeFilter: true,
  maxWindowDays: 31,
  rescanDays: 120,
  maxClickIdLength: 50,
  requestsPerMinute: 20,
}

/** By the order's time; or by the change, which is a validation or an amendment. */
const DATE_TYPES = { event: ['transaction'], change: ['validation', 'amendment'] }

/** Shorter slices are not halved: each halving costs a request, and 20 a minute are allowed. */
const MIN_SLICE_MS = 2 * 86_400_000

type ListOptions = { dateType: string; signal: AbortSignal }

/** Awin: all transactions of up to 31 days in one list, in the requested time zone. */
export const awin = (settings: AwinSettings): Network => {
  const { baseUrl = BASE_URL, publisherId, token } = settings
  const requestJson = openHttp(settings)

  const fetchSlice = async (slice: TransactionWindow, { dateType, signal }: ListOptions) => {
    const [startDate = '', endDate = ''] = [slice.from, slice.to].map((at) =>
      at.toISOString().slice(0, 19),
    )
    const path = `/publishers/${encodeURIComponent(publisherId)}/transactions/`
    const page = await requestJson({
      url: buildUrl({ baseUrl, path, query: { startDate, endDate, timezone: 'UTC', dateType } }),
      signal,
      headers: { authorization: `Bearer ${token}` },
      read: ({ body }) => readPage(body),
    })
    return checkWindow({ page, window: slice, by: slice.by === 'event' ? 'each' : 'any' })
  }

  /** A list has no pages, so one that is too large is read in two halves of its time. */
  const listSlice = async function* (
    slice: TransactionWindow,
    options: ListOptions,
  ): AsyncGenerator<TransactionPage> {
    try {
      yield await fetchSlice(slice, options)
    } catch (error) {
      const lengthMs = slice.to.getTime() - slice.from.getTime()
      if (!isTooLarge(error) || lengthMs <= MIN_SLICE_MS) throw error
      const middle = new Date(slice.from.getTime() + lengthMs / 2)
      yield* listSlice({ ...slice, to: middle }, options)
      yield* listSlice({ ...slice, from: middle }, options)
    }
  }

  return {
    adapter: 'awin',
    capabilities: CAPABILITIES,
    listTransactions: async function* (window, { signal }) {
      for (const slice of sliceWindow(window, CAPABILITIES)) {
        for (const dateType of DATE_TYPES[slice.by]) yield* listSlice(slice, { dateType, signal })
      }
    },
    readPage,
    buildLink: (link) =>
      buildTrackingLink({ ...link, ...CAPABILITIES, clickParam: 'clickref', deepLinkParam: 'ued' }),
    readPostback: keepUnreadPostback,
  }
}

const isTooLarge = (error: unknown): boolean =>
  error instanceof NetworkError && error.code === 'network.too-large'

const Money = z.object({ amount: requiredAmount, currency: requiredText })
const Transaction = z.object({
  id: optionalText,
  advertiserId: optionalText,
  orderRef: optionalText,
  clickRefs: z.object({ clickRef: optionalText }).nullish(),
  commissionStatus: requiredText,
  paidToPublisher: z.boolean().nullish(),
  commissionAmount: Money,
  saleAmount: Money.nullish(),
  transactionDate: requiredText,
  clickDate: optionalText,
  validationDate: optionalText,
  amended: z.boolean().nullish(),
  amendReason: optionalText,
  declineReason: optionalText,
})

const readPage = (raw: unknown): TransactionPage => {
  if (!Array.isArray(raw)) throw badResponse('awin')
  return { ...readRows(raw, readTransaction), raw, total: null }
}

const readTransaction = (raw: unknown): TransactionRow => {
  const row = Transaction.parse(raw)
  const { advertiserId: programId, commissionAmount, orderRef: orderId, saleAmount } = row
  const currency = parseCurrency(commissionAmount.currency)
  const eventAt = parseInstant(row.transactionDate, '+00:00')
  const subId = row.clickRefs?.clickRef ?? null
  const isSameCurrency = saleAmount?.currency === commissionAmount.currency
  return {
    externalId: row.id ?? generateId({ programId, orderId, subId, eventAt }),
    isIdGenerated: row.id === null,
    orderId,
    subId,
    programId,
    programName: null,
    status: mapStatus(row.commissionStatus, row.paidToPublisher === true),
    rawStatus: row.commissionStatus,
    saleMinor: saleAmount && isSameCurrency ? parseMinor(saleAmount.amount, currency) : null,
    commissionMinor: parseMinor(commissionAmount.amount, currency),
    currency,
    eventAt,
    clickedAt: parseOptionalInstant(row.clickDate, '+00:00'),
    // Awin does not report when a transaction was amended, and that may be after its validation.
    changedAt: row.amended ? null : parseOptionalInstant(row.validationDate, '+00:00'),
    reversalOf: null,
    comment: row.declineReason ?? row.amendReason,
    raw,
  }
}

const STATUSES = new Map<string, TransactionStatus>([
  ['pending', 'pending'],
  ['approved', 'approved'],
  ['declined', 'declined'],
  ['deleted', 'declined'],
])

const mapStatus = (rawStatus: string, isPaid: boolean): TransactionStatus => {
  const status = STATUSES.get(rawStatus.toLowerCase()) ?? 'unknown'
  return status === 'approved' && isPaid ? 'paid' : status
}

/** Awin's adapter. The account's settings override the environment. */
export const awinAdapter = defineAdapter({
  label: 'Awin',
  api: { baseUrlSetting: 'AWIN_BASE_URL', baseUrl: BASE_URL },
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
