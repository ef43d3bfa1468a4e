import { z } from 'zod'

import { addDays } from '../../domain/dates.ts'
import { httpUrl } from '../../platform/settingTypes.ts'
import { defineAdapter } from './defineAdapter.ts'
import { readPostback, readTransaction } from './cuelinks/rows.ts'
import { openHttp } from './http/openHttp.ts'
import type { HttpSettings } from './http/types.ts'
import { pageSizeSetting, pathSetting, utcOffsetSetting } from './parts/fields.ts'
import { toWallClock } from './parts/instants.ts'
import { pageThrough } from './parts/pageThrough.ts'
import { badResponse, readRows } from './parts/readRows.ts'
import { buildUrl, buildTrackingLink } from './parts/urls.ts'
import { checkWindow, sliceWindow } from './parts/windows.ts'
import type { Network, NetworkCapabilities, TransactionPage, TransactionWindow } from './types.ts'

type CuelinksSettings = HttpSettings &
  Pick<CuelinksAccount, 'apiKey' | 'publisherId'> & {
    baseUrl?: string | undefined
    /**
     * Other paths: `/pub_api/v3/transactions`, on a host of its own, and
     * `/api/v2/getTransactionDetails`.
     */
    path?: string | undefined
    authScheme?: CuelinksAccount['authScheme'] | undefined
    /** The UTC offset of times without a zone; +05:30 by default. */
    utcOffset?: string | undefined
    pageSize?: number | undefined
  }

const BASE_URL = 'https://www.cuelinks.com'

const CAPABILITIES: NetworkCapabilities = {
  hasChangeFilter: false,
  maxWindowDays: 30,
  rescanDays: 90,
  maxClickIdLength: 50,
  requestsPerMinute: null,
}

/** CueLinks: lists transactions by the order's time, in numbered pages; 204 if there are none. */
export const cuelinks = (settings: CuelinksSettings): Network => {
  const { baseUrl = BASE_URL, pageSize = 50 } = settings
  const { authScheme = 'Token token=', path = '/api/v2/transactions.json' } = settings
  const { utcOffset = '+05:30' } = settings
  const account = { ...settings, authScheme, baseUrl, path, utcOffset }
  const readPage = (raw: unknown): TransactionPage =>
    raw === null ? EMPTY_PAGE : parsePage(raw, utcOffset)
  const requestJson = openHttp(settings)

  const listSlice = (slice: TransactionWindow, signal: AbortSignal) =>
    pageThrough({
      by: 'number',
      pageSize,
      rawsOf: ({ raw }) => findRows(raw) ?? [],
      readAt: async (number) => {
        const page = await requestJson({
          ...buildRequest({ account, page: number, pageSize, slice }),
          signal,
          read: ({ body, status }) => (status === 204 ? EMPTY_PAGE : parsePage(body, utcOffset)),
        })
        const [from, to] = [addDays(slice.from, -1), addDays(slice.to, 1)]
        // It is not documented that the filter uses transaction_date.
        return checkWindow({ page, window: { by: slice.by, from, to }, by: 'any' })
      },
    })

  return {
    adapter: 'cuelinks',
    capabilities: CAPABILITIES,
    listTransactions: async function* (window, { signal }) {
      for (const slice of sliceWindow(window, CAPABILITIES)) yield* listSlice(slice, signal)
    },
    readPage,
    buildLink: (link) =>
      buildTrackingLink({ ...link, ...CAPABILITIES, clickParam: 'subid', deepLinkParam: 'url' }),
    readPostback: (fields) => readPostback(fields, utcOffset),
  }
}

/** Version 3 is believed to use `data`. */
const Envelope = z
  .object({
    transactions: z.array(z.unknown()).optional(),
    data: z.array(z.unknown()).optional(),
    total_count: z.coerce.number().int().nonnegative().nullish(),
  })
  .transform(({ data, total_count, transactions }) => ({
    rows: transactions ?? data,
    total: total_count ?? null,
  }))

const findRows = (raw: unknown) => Envelope.safeParse(raw).data?.rows

/** A 204 has no body and is stored as null. */
const EMPTY_PAGE: TransactionPage = { rows: [], rejected: [], raw: null, total: 0 }

const parsePage = (raw: unknown, utcOffset: string): TransactionPage => {
  const { data } = Envelope.safeParse(raw)
  if (!data?.rows) throw badResponse('cuelinks')
  const rows = readRows(data.rows, (row) => readTransaction(row, utcOffset))
  return { ...rows, raw, total: data.total }
}

const AUTH_SCHEMES = ['Token token=', 'Bearer'] as const

type CuelinksAccount = {
  apiKey: string
  publisherId: string
  baseUrl: string
  path: string
  authScheme: (typeof AUTH_SCHEMES)[number]
  /** The UTC offset of the times in requests. */
  utcOffset: string
}

type PageRequest = {
  account: CuelinksAccount
  slice: TransactionWindow
  page: number
  pageSize: number
}

/** Builds the request for a page. Only the account's owner knows which path a key is valid for. */
const buildRequest = ({ account, page, pageSize, slice }: PageRequest) => {
  const { apiKey, authScheme, baseUrl, path, publisherId, utcOffset } = account
  const query = {
    start_date: formatSecond(slice.from, utcOffset),
    end_date: formatSecond(slice.to, utcOffset),
    page: String(page),
    per_page: String(pageSize),
    // Sources mention this parameter only with the oldest path.
    ...(path.includes('getTransactionDetails') ? { publisher_id: publisherId } : {}),
  }
  const authorization = authScheme === 'Bearer' ? `Bearer ${apiKey}` : `Token token="${apiKey}"`
  return { url: buildUrl({ baseUrl, path, query }), headers: { authorization } }
}

const formatSecond = (at: Date, utcOffset: string): string => {
  const { day, time } = toWallClock(at, utcOffset)
  return `${day}T${time}${utcOffset}`
}

/** CueLinks' adapter. The account's settings override the environment. */
export const cuelinksAdapter = defineAdapter({
  label: 'CueLinks',
  api: { baseUrlSetting: 'CUELINKS_BASE_URL', baseUrl: BASE_URL },
  needs: ['CUELINKS_API_KEY', 'CUELINKS_PUBLISHER_ID'],
  credentials: ['CUELINKS_API_KEY', 'CUELINKS_PUBLISHER_ID'],
  settings: z.strictObject({
    baseUrl: httpUrl.optional(),
    path: pathSetting.optional(),
    authScheme: z.enum(AUTH_SCHEMES).optional(),
    utcOffset: utcOffsetSetting.optional(),
    pageSize: pageSizeSetting(100),
  }),
  open: ({ env, settings, wiring }) =>
    cuelinks({
      apiKey: env.CUELINKS_API_KEY ?? '',
      publisherId: env.CUELINKS_PUBLISHER_ID ?? '',
      baseUrl: env.CUELINKS_BASE_URL,
      path: env.CUELINKS_PATH,
      authScheme: env.CUELINKS_AUTH_SCHEME,
      timeoutMs: env.NETWORK_TIMEOUT_MS,
      ...wiring,
      ...settings,
    }),
})
