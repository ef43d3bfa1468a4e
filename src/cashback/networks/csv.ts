import { z } from 'zod'

import { defineAdapter } from './defineAdapter.ts'
import { type CsvMapping, csvMapping } from './csv/csvMapping.ts'
import { readCsv } from './csv/readCsv.ts'
import { NetworkError } from './NetworkError.ts'
import { keepUnreadPostback } from './parts/postbacks.ts'
import { buildTrackingLink } from './parts/urls.ts'
import type { Network, NetworkCapabilities } from './types.ts'

export type CsvSettings = {
  mapping: CsvMapping
  /** The parameters of tracking links. */
  clickParam?: string | undefined
  deepLinkParam?: string | undefined
}

const CAPABILITIES: NetworkCapabilities = {
  hasChangeFilter: false,
  maxWindowDays: 366,
  rescanDays: 0,
  maxClickIdLength: 30,
  requestsPerMinute: null,
}

/** A network that is read from files. It sends no requests, and each file is a page. */
export const csv = (settings: CsvSettings): Network => {
  const { clickParam = 'subid', deepLinkParam = 'url', mapping } = settings
  return {
    adapter: 'csv',
    capabilities: CAPABILITIES,
    listTransactions: async function* () {
      yield* await Promise.resolve([])
    },
    readPage: (raw) => {
      if (typeof raw === 'string') return readCsv(raw, mapping)
      throw new NetworkError('network.bad-answer', { message: 'the file is not text' })
    },
    buildLink: (link) => buildTrackingLink({ ...link, ...CAPABILITIES, clickParam, deepLinkParam }),
    readPostback: keepUnreadPostback,
  }
}

/**
 * The adapter of any network that provides files. The account's mapping describes their columns.
 */
export const csvAdapter = defineAdapter({
  label: 'Files (CSV)',
  api: null,
  needs: [],
  credentials: [],
  settings: z.strictObject({
    mapping: csvMapping,
    clickParam: z.string().min(1).optional(),
    deepLinkParam: z.string().min(1).optional(),
  }),
  open: ({ settings }) => csv(settings),
})
