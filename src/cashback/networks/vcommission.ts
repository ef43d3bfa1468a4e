import { z } from 'zod'

import { addDays } from '../../domain/dates.ts'
import { httpUrl } from '../../platform/settingTypes.ts'
import { defineAdapter } from './defineAdapter.ts'
import { classifyRefusal } from './http/classifyRefusal.ts'
import { openHttp } from './http/openHttp.ts'
import type { NetworkResponse, HttpSettings, Refusal } from './http/types.ts'
import { pageSizeSetting, pathSetting, utcOffsetSetting } from './parts/fields.ts'
import { toWallClock } from './parts/instants.ts'
import { pageThrough } from './parts/pageThrough.ts'
import { badResponse, readRows } from './parts/readRows.ts'
import { buildUrl, buildTrackingLink } from './parts/urls.ts'
import { checkWindow, sliceWindow } from './parts/windows.ts'
import type { Network, NetworkCapabilities, TransactionPage, TransactionWindow } from './types.ts'
import { readConversion, readPostback } from './vcommission/rows.ts'

type VcommissionSettings = HttpSettings & {
  apiKey: string
  baseUrl?: string | undefined
  /** Some accounts are reported to use `/v2/transactions`, which is not documented. */
  path?: string | undefined
  /** The UTC offset of its days; +05:30 by default. */
  utcOffset?: string | undefined
  /** 100 to 1,000. */
  pageSize?: number | undefined
}

const BASE_URL = 'https://api.vcommission.com'

const CAPABILITIES: NetworkCapabilities = {
  hasChangeFilter: false,
  maxWindowDays: 30,
  rescanDays: 120,
  maxClickIdLength: 50,
  requestsPerMinute: null,
}

/**
 * vCommission, which runs on Trackier: lists conversions by the day of the order, in numbered
 * pages.
 */
export const vcommission = (settings: VcommissionSettings): Network => {
  const { apiKey, baseUrl = BASE_URL, pageSize = 1_000 } = settings
  const { path = '/v2/publishers/conversions', utcOffset = '+05:30' } = settings
  const readPage = (raw: unknown): TransactionPage => parsePage(raw, utcOffset)
  const requestJson = openHttp({ ...settings, classifyRefusal: classifyVcommissionRefusal })

  const listSlice = (slice: TransactionWindow, signal: AbortSignal) => {
    // The time zone of its days is not documented, so request one more day at both ends.
    const [from, to] = [addDays(slice.from, -1), addDays(slice.to, 1)]
    const days = { start: toWallClock(from, utcOffset).day, end: toWallClock(to, utcOffset).day }
    return pageThrough({
      by: 'number',
      pageSize,
      rawsOf: ({ raw }) => Envelope.parse(raw).conversions,
      readAt: async (number) => {
        const query = { ...days, limit: String(pageSize), page: String(number) }
        const page = await requestJson({
          url: buildUrl({ baseUrl, path, query }),
          signal,
          headers: { 'x-api-key': apiKey },
          read: ({ body }) => readPage(body),
        })
        const window = { by: slice.by, from: addDays(from, -1), to: addDays(to, 1) }
        return checkWindow({ page, window, by: 'each' })
      },
    })
  }

  return {
    adapter: 'vcommission',
    capabilities: CAPABILITIES,
    listTransactions: async function* (window, { signal }) {
      for (const slice of sliceWindow(window, CAPABILITIES)) yield* listSlice(slice, signal)
    },
    readPage,
    buildLink: (link) =>
      buildTrackingLink({ ...link, ...CAPABILITIES, clickParam: 'p1', deepLinkParam: 'url' }),
    readPostback: (fields) => readPostback(fields, utcOffset),
  }
}

const Envelope = z.object({
  conversions: z.array(z.unknown()),
  pagination: z.object({ total: z.coerce.number().int().nonnegative() }),
})

const parsePage = (raw: unknown, utcOffset: string): TransactionPage => {
  const { data } = Envelope.safeParse(raw)
  if (!data) throw badResponse('vcommission')
  const rows = readRows(data.conversions, (row) => readConversion(row, utcOffset))
  return { ...rows, raw, total: data.pagination.total }
}

/**
 * Classifies Trackier's errors: an invalid key gets 400 like any bad request, and differs by its
 * message only.
 */
const classifyVcommissionRefusal = (response: NetworkResponse): Refusal => {
  const isAboutKey = response.status === 400 && /api.?key/i.test(joinMessages(response.body))
  return isAboutKey
    ? { code: 'network.unauthorized', isRetryable: false, because: 'the API key is not valid' }
    : classifyRefusal(response)
}

const Problem = z.object({
  message: z.string().default(''),
  errors: z.array(z.object({ message: z.string().default('') })).default([]),
})

const joinMessages = (body: unknown): string => {
  const { data } = Problem.safeParse(body)
  return data ? [data, ...data.errors].map(({ message }) => message).join(' ') : ''
}

/** vCommission's adapter. The account's settings override the environment. */
export const vcommissionAdapter = defineAdapter({
  label: 'vCommission',
  api: { baseUrlSetting: 'VCOMMISSION_BASE_URL', baseUrl: BASE_URL },
  needs: ['VCOMMISSION_API_KEY'],
  credentials: ['VCOMMISSION_API_KEY'],
  settings: z.strictObject({
    baseUrl: httpUrl.optional(),
    path: pathSetting.optional(),
    utcOffset: utcOffsetSetting.optional(),
    pageSize: pageSizeSetting(1_000),
  }),
  open: ({ env, settings, wiring }) =>
    vcommission({
      apiKey: env.VCOMMISSION_API_KEY ?? '',
      baseUrl: env.VCOMMISSION_BASE_URL,
      path: env.VCOMMISSION_PATH,
      timeoutMs: env.NETWORK_TIMEOUT_MS,
      ...wiring,
      ...settings,
    }),
})
