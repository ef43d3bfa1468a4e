import type { CsvMapping } from './csv/csvMapping.ts'
import { readCsv } from './csv/readCsv.ts'
import { NetworkError } from './NetworkError.ts'
import { unreadPostback } from './parts/unreadPostback.ts'
import { withParams } from './parts/withParams.ts'
import type { Network, NetworkCapabilities } from './types.ts'

export type CsvSettings = {
  mapping: CsvMapping
  /** The parameters of the merchants' links. */
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

/** A network that is read from files: nobody is asked, each file is a page. */
export const csv = (settings: CsvSettings): Network => {
  const { clickParam = 'subid', deepLinkParam = 'url', mapping } = settings
  return {
    adapter: 'csv',
    capabilities: CAPABILITIES,
    listSales: async function* () {
      yield* await Promise.resolve([])
    },
    readPage: (raw) => {
      if (typeof raw === 'string') return readCsv(raw, mapping)
      throw new NetworkError('network.bad-answer', { message: 'a file is text' })
    },
    buildLink: (link) => withParams({ ...link, ...CAPABILITIES, clickParam, deepLinkParam }),
    readPostback: unreadPostback,
  }
}
