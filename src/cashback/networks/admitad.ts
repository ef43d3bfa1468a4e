import { z } from 'zod'

import { httpUrl } from '../../platform/settingTypes.ts'
import { defineAdapter } from './defineAdapter.ts'
import { type AdmitadCredentials, openTokens, type TokenStore } from './admitad/tokens.ts'
import { type ClickSlot, readAction, readPostback } from './admitad/rows.ts'
import { classifyRefusal } from './http/classifyRefusal.ts'
import { openHttp } from './http/openHttp.ts'
import type { NetworkResponse, HttpSettings, Refusal } from './http/types.ts'
import { NetworkError } from './NetworkError.ts'
import { pageSizeSetting, utcOffsetSetting } from './parts/fields.ts'
import { startOfDay, toWallClock } from './parts/instants.ts'
import { pageThrough } from './parts/pageThrough.ts'
import { badResponse, readRows } from './parts/readRows.ts'
import { buildUrl, buildTrackingLink } from './parts/urls.ts'
import { checkWindow, sliceWindow } from './parts/windows.ts'
import type { Network, NetworkCapabilities, TransactionPage, TransactionWindow } from './types.ts'

type AdmitadSettings = HttpSettings &
  TokenStore & {
    credentials: AdmitadCredentials
    baseUrl?: string | undefined
    /** The UTC offset of the reports' times, which have no zone; +03:00 by default. */
    utcOffset?: string | undefined
    /** The parameter of the click id. Never subid3: personal promo codes overwrite it. */
    clickSlot?: ClickSlot | undefined
    pageSize?: number | undefined
  }

const BASE_URL = 'https://api.admitad.com'

const CAPABILITIES: NetworkCapabilities = {
  hasChangeFilter: true,
  maxWindowDays: 90,
  rescanDays: 120,
  maxClickIdLength: 50,
  requestsPerMinute: 600,
}

/** Admitad: lists by the day of the order or the second of the change, in pages of 500 rows. */
export const admitad = (settings: AdmitadSettings): Network => {
  const { baseUrl = BASE_URL, pageSize = 500 } = settings
  const { clickSlot = 'subid4', utcOffset = '+03:00' } = settings
  const readPage = (raw: unknown): TransactionPage => parsePage(raw, { clickSlot, utcOffset })
  const requestJson = openHttp({ ...settings, classifyRefusal: classifyAdmitadRefusal })
  const fetchToken = openTokens({ ...settings, requestJson, baseUrl })

  const fetchPage = async (query: Record<string, string>, signal: AbortSignal) => {
    const url = buildUrl({ baseUrl, path: '/statistics/actions/', query })
    const fetchWith = (token: string) =>
      requestJson({
        url,
        signal,
        headers: { authorization: `Bearer ${token}` },
        read: ({ body }) => readPage(body),
      })
    const token = await fetchToken({ signal })
    try {
      return await fetchWith(token)
    } catch (error) {
      if (!(error instanceof NetworkError) || !isStaleToken(error.providerCode)) throw error
      return await fetchWith(await fetchToken({ signal, refused: token }))
    }
  }

  const listSlice = (slice: TransactionWindow, signal: AbortSignal) =>
    pageThrough({
      by: 'offset',
      pageSize,
      rawsOf: ({ raw }) => Envelope.parse(raw).results,
      readAt: async (offset) => {
        const position = { limit: String(pageSize), offset: String(offset), order_by: 'datetime' }
        const page = await fetchPage({ ...buildDateQuery(slice, utcOffset), ...position }, signal)
        // It is not documented that the change filter uses status_updated.
        const by = slice.by === 'event' ? 'each' : 'any'
        return checkWindow({ page, window: requestedDays(slice, utcOffset), by })
      },
    })

  return {
    adapter: 'admitad',
    capabilities: CAPABILITIES,
    listTransactions: async function* (window, { signal }) {
      for (const slice of sliceWindow(window, CAPABILITIES)) yield* listSlice(slice, signal)
    },
    readPage,
    buildLink: (link) =>
      buildTrackingLink({ ...link, ...CAPABILITIES, clickParam: clickSlot, deepLinkParam: 'ulp' }),
    readPostback: (fields) => readPostback(fields, clickSlot),
  }
}

const Envelope = z.object({
  results: z.array(z.unknown()),
  _meta: z.object({ count: z.coerce.number().int().nonnegative() }),
})

const parsePage = (raw: unknown, reading: Parameters<typeof readAction>[1]): TransactionPage => {
  const { data } = Envelope.safeParse(raw)
  if (!data) throw badResponse('admitad')
  const rows = readRows(data.results, (row) => readAction(row, reading))
  return { ...rows, raw, total: data._meta.count }
}

const DAY_MS = 86_400_000

/** Builds the date filter: whole local days for orders, local seconds for changes. */
const buildDateQuery = (window: TransactionWindow, utcOffset: string): Record<string, string> => {
  const from = toWallClock(window.from, utcOffset)
  const to = toWallClock(window.to, utcOffset)
  return window.by === 'event'
    ? { date_start: formatDay(from.day), date_end: formatDay(to.day) }
    : {
        status_updated_start: `${formatDay(from.day)} ${from.time}`,
        status_updated_end: `${formatDay(to.day)} ${to.time}`,
      }
}

/** The window that a page may contain: all of the first and of the last local day. */
const requestedDays = (
  { by, from, to }: TransactionWindow,
  utcOffset: string,
): TransactionWindow => ({
  by,
  from: startOfDay(from, utcOffset),
  to: new Date(startOfDay(to, utcOffset).getTime() + DAY_MS - 1),
})

const formatDay = (day: string): string => day.split('-').toReversed().join('.')

/**
 * Classifies Admitad's error codes. More than 600 requests a minute get 503 with code 4, not 429:
 * https://developers.admitad.com/knowledge-base/article/help-on-api-response-codes_2
 */
const classifyAdmitadRefusal = (response: NetworkResponse): Refusal => {
  const { data } = Problem.safeParse(response.body)
  const providerCode = data?.error_code ?? null
  const known = providerCode === null ? undefined : ERRORS[providerCode]
  return { ...(known ?? classifyRefusal(response)), providerCode }
}

const Problem = z.object({ error_code: z.coerce.number().int() })

const unauthorized = (because: string): Refusal => ({
  code: 'network.unauthorized',
  isRetryable: false,
  because,
})

const ERRORS: Record<number, Refusal> = {
  0: unauthorized('the access token has expired'),
  1: unauthorized('the access token is not valid'),
  2: unauthorized('the client may not read this'),
  3: { code: 'network.refused', isRetryable: false, because: 'the request is invalid' },
  4: { code: 'network.rate-limited', isRetryable: true, because: 'too many requests' },
  5: unauthorized('the refresh token was used before'),
  6: unauthorized('too many tokens are in use'),
}

/** Whether a new access token may help. */
const isStaleToken = (providerCode: number | null): boolean =>
  providerCode === 0 || providerCode === 1

/** Admitad's adapter. The account's settings override the environment. */
export const admitadAdapter = defineAdapter({
  label: 'Admitad',
  api: { baseUrlSetting: 'ADMITAD_BASE_URL', baseUrl: BASE_URL },
  needs: ['ADMITAD_CLIENT_ID', 'ADMITAD_CLIENT_SECRET'],
  credentials: ['ADMITAD_CLIENT_ID', 'ADMITAD_CLIENT_SECRET', 'ADMITAD_REFRESH_TOKEN'],
  settings: z.strictObject({
    baseUrl: httpUrl.optional(),
    utcOffset: utcOffsetSetting.optional(),
    clickSlot: z.enum(['subid', 'subid1', 'subid2', 'subid4']).optional(),
    pageSize: pageSizeSetting(500),
  }),
  open: ({ env, settings, wiring }) =>
    admitad({
      baseUrl: env.ADMITAD_BASE_URL,
      timeoutMs: env.NETWORK_TIMEOUT_MS,
      ...wiring,
      ...settings,
      credentials: {
        clientId: env.ADMITAD_CLIENT_ID ?? '',
        clientSecret: env.ADMITAD_CLIENT_SECRET ?? '',
        refreshToken: env.ADMITAD_REFRESH_TOKEN,
      },
    }),
})
