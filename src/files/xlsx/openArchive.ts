import yauzl from 'yauzl'

import { DomainError } from '../../domain/errors.ts'
import { FILE_LIMITS } from '../limits.ts'

/** The parts of a workbook, by their names in lower case. */
export type Archive = {
  has: (name: string) => boolean
  /**
   * Streams the text of a part.
   *
   * @throws DomainError `xlsx.malformed` there is no such part, or it cannot be unpacked
   * @throws DomainError `file.too-large` the parts that were read are larger than the limit
   */
  read: (name: string) => AsyncGenerator<string>
}

/** A workbook has some ten parts, and one for each sheet and picture. */
const MAX_PARTS = 1_000
const ENCRYPTED = 1

/**
 * Opens the ZIP archive of a workbook. The unpacked bytes are counted as they come, whatever sizes
 * the archive states, so that a small archive cannot unpack to more than the limit.
 *
 * @throws DomainError `xlsx.malformed`
 */
export const openArchive = async (bytes: Uint8Array): Promise<Archive> => {
  try {
    const zip = await yauzl.fromBufferPromise(asBuffer(bytes), {
      lazyEntries: true,
      // Its own check of the stated sizes loses the error of a stream that is too long.
      validateEntrySizes: false,
    })
    const entries = await listEntries(zip)
    const left = { bytes: FILE_LIMITS.unpacked }
    return {
      has: (name) => entries.has(name.toLowerCase()),
      read: (name) => readPart(zip, entries.get(name.toLowerCase()), left),
    }
  } catch (error) {
    throw error instanceof DomainError ? error : malformedWorkbook('it is no ZIP archive')
  }
}

/** The error of a file that has the ending of a workbook, but not its form. */
export const malformedWorkbook = (problem: string) =>
  new DomainError(
    'xlsx.malformed',
    `The workbook cannot be read: ${problem}. Save it as .xlsx again, or as CSV.`,
  )

const asBuffer = ({ buffer, byteLength, byteOffset }: Uint8Array): Buffer =>
  Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength)

const listEntries = async (zip: yauzl.ZipFile): Promise<Map<string, yauzl.Entry>> => {
  const entries = new Map<string, yauzl.Entry>()
  if (zip.entryCount > MAX_PARTS) throw malformedWorkbook(`it has more than ${MAX_PARTS} parts`)
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName.toLowerCase()
    if (entries.has(name)) throw malformedWorkbook(`it has the part ${name.slice(0, 100)} twice`)
    entries.set(name, entry)
  }
  return entries
}

async function* readPart(
  zip: yauzl.ZipFile,
  entry: yauzl.Entry | undefined,
  left: { bytes: number },
): AsyncGenerator<string> {
  if (!entry) throw malformedWorkbook('a part is missing')
  if (entry.generalPurposeBitFlag & ENCRYPTED) throw malformedWorkbook('it has a password')
  const decoder = new TextDecoder()
  try {
    const stream = await zip.openReadStreamPromise(entry)
    for await (const chunk of stream) {
      left.bytes -= (chunk as Buffer).length
      if (left.bytes < 0) throw tooLarge()
      yield decoder.decode(chunk as Buffer, { stream: true })
    }
  } catch (error) {
    throw error instanceof DomainError ? error : malformedWorkbook('a part cannot be unpacked')
  }
}

const tooLarge = () =>
  new DomainError(
    'file.too-large',
    `The workbook unpacks to more than ${FILE_LIMITS.unpacked / 1024 / 1024} MB. Split it by months.`,
  )
