import { readRecords } from './readRecords.ts'

/** A part of a file, with the file's first line, so that it can be read alone. */
export type FilePage = {
  text: string
  /** How much further down a line of it stands in the file. */
  lineOffset: number
}

const MOST_ROWS = 1_000

/**
 * Cuts a file between its lines into pages of a thousand, as the file has them.
 *
 * @throws DomainError `csv.malformed`
 */
export const salePages = async (file: string, delimiter: string): Promise<FilePage[]> => {
  const bytes = Buffer.from(file, 'utf8')
  const pages: FilePage[] = []
  let header = { endsAt: 0, line: 0 }
  let from = { endsAt: 0, line: 0 }
  let last = from
  let rows = 0
  const cut = () => {
    const text =
      bytes.subarray(0, header.endsAt).toString() +
      bytes.subarray(from.endsAt, last.endsAt).toString()
    pages.push({ text, lineOffset: from.line - header.line })
    from = last
    rows = 0
  }
  for await (const { endsAt, line } of readRecords(bytes, delimiter)) {
    last = { endsAt, line }
    if (header.endsAt === 0) {
      header = last
      from = last
      continue
    }
    rows += 1
    if (rows === MOST_ROWS) cut()
  }
  if (rows > 0 || pages.length === 0) cut()
  return pages
}
