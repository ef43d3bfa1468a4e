import { z } from 'zod'

import { addDays } from '../domain/dates.ts'
import { readPostback } from './cuelinks/readPostback.ts'
import { readTransaction } from './cuelinks/readTransaction.ts'
import { type CuelinksAccount, requestOf } from './cuelinks/requestOf.ts'
import { openHttp } from './http/openHttp.ts'
import type { HttpSettings } from './http/types.ts'
import { badAnswer } from './parts/badAnswer.ts'
import { insideWindow } from './parts/insideWindow.ts'
import { pageThrough } from './parts/pageThrough.ts'
import { readRows } from './parts/readRows.ts'
import { slicesOf } from './parts/slicesOf.ts'
import { withParams } from './parts/withParams.ts'
import type { Network, NetworkCapabilities, SalePage, SaleWindow } from './types.ts'

export type CuelinksSettings = HttpSettings &
  Pick<CuelinksAccount, 'apiKey' | 'publisherId'> & {
    baseUrl?: string | undefined
    /** Also `/pub_api/v3/transactions` on its own host, and `/api/v2/getTransactionDetails`. */
    path?: string | undefined
    authScheme?: CuelinksAccount['authScheme'] | undefined
    /** Its clock, where a row does not say; +05:30 unless set. */
    utcOffset?: string | undefined
    pageSize?: number | undefined
  }

const CAPABILITIES: NetworkCapabilities = {
  hasChangeFilter: false,
  maxWindowDays: 30,
  rescanDays: 90,
  maxClickIdLength: 50,
  requestsPerMinute: null,
}

/** CueLinks: transactions by the time of the sale, numbered pages, 204 where there are none. */
export const cuelinks = (settings: CuelinksSettings): Network => {
  const { baseUrl = 'https://www.cuelinks.com', pageSize = 50 } = settings
  const { authScheme = 'Token token=', path = '/api/v2/transactions.json' } = settings
  const { utcOffset = '+05:30' } = settings
  const account = { ...settings, authScheme, baseUrl, path, utcOffset }
  const readPage = (raw: unknown): SalePage => (raw === null ? NONE : pageOf(raw, utcOffset))
  const ask = openHttp(settings)

  const listSlice = (slice: SaleWindow, signal: AbortSignal) =>
    pageThrough({
      by: 'number',
      pageSize,
      rawsOf: ({ raw }) => rowsIn(raw) ?? [],
      readAt: async (place) => {
        const page = await ask({
          ...requestOf({ account, page: place, pageSize, slice }),
          signal,
          read: ({ body, status }) => (status === 204 ? NONE : pageOf(body, utcOffset)),
        })
        const [from, to] = [addDays(slice.from, -1), addDays(slice.to, 1)]
        // That transaction_date is what the filter goes by is not documented.
        return insideWindow({ page, window: { by: slice.by, from, to }, by: 'any' })
      },
    })

  return {
    adapter: 'cuelinks',
    capabilities: CAPABILITIES,
    listSales: async function* (window, { signal }) {
      for (const slice of slicesOf(window, CAPABILITIES)) yield* listSlice(slice, signal)
    },
    readPage,
    buildLink: (link) =>
      withParams({ ...link, ...CAPABILITIES, clickParam: 'subid', deepLinkParam: 'url' }),
    readPostback: (fields) => readPostback(fields, utcOffset),
  }
}

/** `data` is what v3 is thought to say. */
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

const rowsIn = (raw: unknown) => Envelope.safeParse(raw).data?.rows

/** 204 has no body, so null is what is kept of it. */
const NONE: SalePage = { rows: [], rejected: [], raw: null, total: 0 }

const pageOf = (raw: unknown, utcOffset: string): SalePage => {
  const { data } = Envelope.safeParse(raw)
  if (!data?.rows) throw badAnswer('cuelinks')
  const rows = readRows(data.rows, (row) => readTransaction(row, utcOffset))
  return { ...rows, raw, total: data.total }
}
