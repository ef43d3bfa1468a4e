import { DomainError } from '../domain/errors.ts'
import { csvErrors } from '../networks/csv/readCsv.ts'
import { NetworkError } from '../networks/NetworkError.ts'
import type { Network, SalePage, SaleRow } from '../networks/types.ts'
import { decodeFile } from './decodeFile.ts'
import { salePages } from './salePages.ts'

export type LineError = { line: number; code: string; detail: string }

export type ReadSales = {
  pages: SalePage[]
  rows: number
  /** Lines that would not come in. */
  errors: LineError[]
  /** Of the first and the last sale; null without any. */
  window: { from: Date; to: Date } | null
  sample: Omit<SaleRow, 'raw'>[]
}

const SAMPLE = 5

/**
 * Reads a file of sales as its network's mapping says, in pages. Nothing is kept of it here.
 *
 * @throws DomainError `csv.malformed`, `csv.nul-byte`, `csv.empty`
 * @throws DomainError `csv.missing-column` the mapping names one that the file does not have
 */
export const readSales = async (
  bytes: Uint8Array,
  { delimiter, network }: { network: Network; delimiter: string },
): Promise<ReadSales> => {
  const pages: SalePage[] = []
  const errors: LineError[] = []
  const times: number[] = []
  for (const { lineOffset, text } of await salePages(decodeFile(bytes), delimiter)) {
    const page = readPage(network, text)
    for (const error of csvErrors(page)) errors.push({ ...error, line: error.line + lineOffset })
    for (const { eventAt } of page.rows) times.push(Date.parse(eventAt))
    pages.push(page)
    // Others are answered between two pages.
    await new Promise((resolve) => setImmediate(resolve))
  }
  times.sort((one, other) => one - other)
  const [first] = times
  return {
    pages,
    rows: times.length,
    errors,
    window:
      first === undefined ? null : { from: new Date(first), to: new Date(times.at(-1) ?? first) },
    sample: pages
      .flatMap(({ rows }) => rows.slice(0, SAMPLE))
      .slice(0, SAMPLE)
      .map(withoutRaw),
  }
}

const readPage = (network: Network, text: string): SalePage => {
  try {
    return network.readPage(text)
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error
    throw new DomainError('csv.missing-column', `Line 1: ${error.message}.`)
  }
}

/** What came in is in the file; here is what was understood of it. */
const withoutRaw = (row: SaleRow): Omit<SaleRow, 'raw'> => {
  const copy: Partial<SaleRow> = { ...row }
  delete copy.raw
  return copy as Omit<SaleRow, 'raw'>
}
