import { z } from 'zod'

import { addDays } from '../domain/dates.ts'
import { openHttp } from './http/openHttp.ts'
import type { HttpSettings } from './http/types.ts'
import { addressOf } from './parts/addressOf.ts'
import { badAnswer } from './parts/badAnswer.ts'
import { insideWindow } from './parts/insideWindow.ts'
import { pageThrough } from './parts/pageThrough.ts'
import { readRows } from './parts/readRows.ts'
import { slicesOf } from './parts/slicesOf.ts'
import { wallClock } from './parts/wallClock.ts'
import { withParams } from './parts/withParams.ts'
import type { Network, NetworkCapabilities, SalePage, SaleWindow } from './types.ts'
import { readConversion } from './vcommission/readConversion.ts'
import { readPostback } from './vcommission/readPostback.ts'
import { refusalOf } from './vcommission/refusalOf.ts'

export type VcommissionSettings = HttpSettings & {
  apiKey: string
  baseUrl?: string | undefined
  /** `/v2/transactions` is another name that is told of; nobody documents it. */
  path?: string | undefined
  /** The clock by which it cuts days; +05:30 unless set. */
  utcOffset?: string | undefined
  /** 100 to 1,000. */
  pageSize?: number | undefined
}

const CAPABILITIES: NetworkCapabilities = {
  hasChangeFilter: false,
  maxWindowDays: 30,
  rescanDays: 120,
  maxClickIdLength: 50,
  requestsPerMinute: null,
}

/** vCommission, which runs on Trackier: conversions by the day of the sale, numbered pages. */
export const vcommission = (settings: VcommissionSettings): Network => {
  const { apiKey, baseUrl = 'https://api.vcommission.com', pageSize = 1_000 } = settings
  const { path = '/v2/publishers/conversions', utcOffset = '+05:30' } = settings
  const readPage = (raw: unknown): SalePage => pageOf(raw, utcOffset)
  const ask = openHttp({ ...settings, refusalOf })

  const listSlice = (slice: SaleWindow, signal: AbortSignal) => {
    // Which clock cuts its days is not documented, so a day more is asked for at both ends.
    const [from, to] = [addDays(slice.from, -1), addDays(slice.to, 1)]
    const days = { start: wallClock(from, utcOffset).day, end: wallClock(to, utcOffset).day }
    return pageThrough({
      by: 'number',
      pageSize,
      rawsOf: ({ raw }) => Envelope.parse(raw).conversions,
      readAt: async (place) => {
        const query = { ...days, limit: String(pageSize), page: String(place) }
        const page = await ask({
          url: addressOf({ baseUrl, path, query }),
          signal,
          headers: { 'x-api-key': apiKey },
          read: ({ body }) => readPage(body),
        })
        const window = { by: slice.by, from: addDays(from, -1), to: addDays(to, 1) }
        return insideWindow({ page, window, by: 'each' })
      },
    })
  }

  return {
    adapter: 'vcommission',
    capabilities: CAPABILITIES,
    listSales: async function* (window, { signal }) {
      for (const slice of slicesOf(window, CAPABILITIES)) yield* listSlice(slice, signal)
    },
    readPage,
    buildLink: (link) =>
      withParams({ ...link, ...CAPABILITIES, clickParam: 'p1', deepLinkParam: 'url' }),
    readPostback: (fields) => readPostback(fields, utcOffset),
  }
}

const Envelope = z.object({
  conversions: z.array(z.unknown()),
  pagination: z.object({ total: z.coerce.number().int().nonnegative() }),
})

const pageOf = (raw: unknown, utcOffset: string): SalePage => {
  const { data } = Envelope.safeParse(raw)
  if (!data) throw badAnswer('vcommission')
  const rows = readRows(data.conversions, (row) => readConversion(row, utcOffset))
  return { ...rows, raw, total: data.pagination.total }
}
