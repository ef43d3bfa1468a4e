import { z } from 'zod'

import { askedDays, datesOf } from './admitad/datesOf.ts'
import { openTokens } from './admitad/openTokens.ts'
import { type ClickSlot, readAction } from './admitad/readAction.ts'
import { readPostback } from './admitad/readPostback.ts'
import { isStaleToken, refusalOf } from './admitad/refusalOf.ts'
import type { AdmitadCredentials, TokenStore } from './admitad/types.ts'
import { openHttp } from './http/openHttp.ts'
import type { HttpSettings } from './http/types.ts'
import { NetworkError } from './NetworkError.ts'
import { addressOf } from './parts/addressOf.ts'
import { badAnswer } from './parts/badAnswer.ts'
import { insideWindow } from './parts/insideWindow.ts'
import { pageThrough } from './parts/pageThrough.ts'
import { readRows } from './parts/readRows.ts'
import { slicesOf } from './parts/slicesOf.ts'
import { withParams } from './parts/withParams.ts'
import type { Network, NetworkCapabilities, SalePage, SaleWindow } from './types.ts'

export type AdmitadSettings = HttpSettings &
  TokenStore & {
    credentials: AdmitadCredentials
    baseUrl?: string | undefined
    /** The clock of its reports, which write no zone; +03:00 unless set. */
    utcOffset?: string | undefined
    /** Where the click's id travels; never subid3, which personal promo codes overwrite. */
    clickSlot?: ClickSlot | undefined
    pageSize?: number | undefined
  }

const CAPABILITIES: NetworkCapabilities = {
  hasChangeFilter: true,
  maxWindowDays: 90,
  rescanDays: 120,
  maxClickIdLength: 50,
  requestsPerMinute: 600,
}

/** Admitad: reports by the day of the sale or the second of the change, 500 rows a page. */
export const admitad = (settings: AdmitadSettings): Network => {
  const { baseUrl = 'https://api.admitad.com', pageSize = 500 } = settings
  const { clickSlot = 'subid4', utcOffset = '+03:00' } = settings
  const readPage = (raw: unknown): SalePage => pageOf(raw, { clickSlot, utcOffset })
  const ask = openHttp({ ...settings, refusalOf })
  const tokenFor = openTokens({ ...settings, ask, baseUrl })

  const askPage = async (query: Record<string, string>, signal: AbortSignal) => {
    const url = addressOf({ baseUrl, path: '/statistics/actions/', query })
    const askWith = (token: string) =>
      ask({
        url,
        signal,
        headers: { authorization: `Bearer ${token}` },
        read: ({ body }) => readPage(body),
      })
    const token = await tokenFor({ signal })
    try {
      return await askWith(token)
    } catch (error) {
      if (!(error instanceof NetworkError) || !isStaleToken(error.providerCode)) throw error
      return await askWith(await tokenFor({ signal, refused: token }))
    }
  }

  const listSlice = (slice: SaleWindow, signal: AbortSignal) =>
    pageThrough({
      by: 'offset',
      pageSize,
      rawsOf: ({ raw }) => Envelope.parse(raw).results,
      readAt: async (offset) => {
        const place = { limit: String(pageSize), offset: String(offset), order_by: 'datetime' }
        const page = await askPage({ ...datesOf(slice, utcOffset), ...place }, signal)
        // That status_updated is what the filter goes by is not documented.
        const by = slice.by === 'event' ? 'each' : 'any'
        return insideWindow({ page, window: askedDays(slice, utcOffset), by })
      },
    })

  return {
    adapter: 'admitad',
    capabilities: CAPABILITIES,
    listSales: async function* (window, { signal }) {
      for (const slice of slicesOf(window, CAPABILITIES)) yield* listSlice(slice, signal)
    },
    readPage,
    buildLink: (link) =>
      withParams({ ...link, ...CAPABILITIES, clickParam: clickSlot, deepLinkParam: 'ulp' }),
    readPostback: (fields) => readPostback(fields, clickSlot),
  }
}

const Envelope = z.object({
  results: z.array(z.unknown()),
  _meta: z.object({ count: z.coerce.number().int().nonnegative() }),
})

const pageOf = (raw: unknown, reading: Parameters<typeof readAction>[1]): SalePage => {
  const { data } = Envelope.safeParse(raw)
  if (!data) throw badAnswer('admitad')
  const rows = readRows(data.results, (row) => readAction(row, reading))
  return { ...rows, raw, total: data._meta.count }
}
