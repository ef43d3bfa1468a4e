import { Readable } from 'node:stream'

import { CsvError, parse } from 'csv-parse'

import { DomainError } from '../domain/errors.ts'

/** A line of a file: its cells, on which line it ends, and after how many bytes. */
export type CsvRecord = { cells: string[]; line: number; endsAt: number }

const CHUNK = 64 * 1024

/** The options of the adapter for files, so that both mean the same by CSV. */
const OPTIONS = { bom: true, info: true, relax_column_count: true, skip_empty_lines: true } as const

/**
 * Reads CSV in small pieces, between which the process answers others: ten megabytes take seconds.
 *
 * @throws DomainError `csv.malformed` such as a quote that does not end; its words name the line
 */
export async function* readRecords(bytes: Buffer, delimiter: string): AsyncGenerator<CsvRecord> {
  const parser = Readable.from(chunksOf(bytes)).pipe(parse({ ...OPTIONS, delimiter }))
  try {
    for await (const found of parser) {
      const { info, record } = found as { info: { bytes: number; lines: number }; record: string[] }
      yield { cells: record, line: info.lines, endsAt: info.bytes }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = Number(error.lines ?? 1)
    throw new DomainError('csv.malformed', `Line ${line}: ${REASONS[error.code] ?? 'no CSV'}.`)
  }
}

const REASONS: Record<string, string> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote does not end',
  INVALID_OPENING_QUOTE: 'a quote stands inside a cell',
  CSV_INVALID_CLOSING_QUOTE: 'something follows a quote that ends',
}

function* chunksOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK)
}
