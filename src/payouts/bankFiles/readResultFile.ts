import { DomainError } from '../../domain/errors.ts'
import type { BankProfile } from './profiles.ts'
import { readPain002 } from './readPain002.ts'
import { readResultCsv } from './readResultCsv.ts'
import {
  type BatchResult,
  type LineRefusal,
  type ReadLine,
  type ReadLines,
  RESULT_LIMITS,
  type ResultLine,
  tooManyLines,
} from './resultLine.ts'

export type ResultFile = {
  lines: ResultLine[]
  refused: LineRefusal[]
  /** Set if a pain.002 answers for the batch as a whole and names no payment; else null. */
  batch: BatchResult | null
}

/**
 * Reads a bank's answer to a batch: CSV or a workbook by the columns of the profile, or pain.002.
 * A file is read as a whole or refused as a whole; a line that cannot be used is listed in
 * `refused`. No error and no message has the value of a cell. Codes of lines:
 * `payout-file.line`, `payout-file.no-key`, `payout-file.key-changed`,
 * `payout-file.account-changed`, `payout-file.reference-changed`, `payout-file.account`,
 * `payout-file.amount`, `payout-file.currency`, `payout-file.date`.
 *
 * @throws DomainError `payout-file.too-large`, `payout-file.too-many-lines`
 * @throws DomainError `payout-file.unreadable` it is no such file, or is damaged; `details.cause`
 * @throws DomainError `payout-file.columns` columns are missing, twice or moved; `details.field`
 * @throws DomainError `payout-file.empty`
 */
export const readResultFile = async (
  bytes: Uint8Array,
  profile: BankProfile,
): Promise<ResultFile> => {
  if (bytes.length > RESULT_LIMITS.bytes) {
    const limit = RESULT_LIMITS.bytes / 1024 / 1024
    throw new DomainError('payout-file.too-large', `The file has more than ${limit} MB. Split it.`)
  }
  const read = await readLines(bytes, profile)
  const { batch, lines, refused } = read
  if (lines.length + refused.length > RESULT_LIMITS.lines) throw tooManyLines()
  if (lines.length + refused.length === 0 && batch === null) {
    throw new DomainError('payout-file.empty', 'The file has no payments.')
  }
  const contradictory = findContradictions(read)
  return {
    lines: lines.map((line) => ({
      ...line,
      isContradictory: line.key !== null && contradictory.has(line.key),
    })),
    refused: refused.map(({ code, line, message }) => ({ line, code, message })),
    batch,
  }
}

/** What the readers of files throw is a refusal of the file. Their codes stay as the cause. */
const readLines = async (bytes: Uint8Array, profile: BankProfile): Promise<ReadLines> => {
  const { result } = profile
  try {
    return result.format === 'csv'
      ? await readResultCsv(bytes, { profile, result })
      : await readPain002(bytes, profile)
  } catch (error) {
    if (!(error instanceof DomainError) || error.code.startsWith('payout-file.')) throw error
    const { code, message } = error
    if (code === 'csv.empty') throw new DomainError('payout-file.empty', 'The file is empty.')
    const isCsv = result.format === 'csv'
    const problem = isCsv ? message : 'The file is no payment status report (pain.002).'
    throw new DomainError('payout-file.unreadable', problem, { cause: code })
  }
}

/**
 * Lists the keys of which the file states two things. A line that was refused may state anything,
 * so that another line of its key does not stand alone.
 */
const findContradictions = ({ lines, refused }: ReadLines): Set<string> => {
  const first = new Map<string, ReadLine>()
  const found = new Set<string>()
  for (const line of lines) {
    if (line.key === null) continue
    const other = first.get(line.key)
    if (!other) first.set(line.key, line)
    else if (!isSameResult(line, other)) found.add(line.key)
  }
  for (const { key } of refused) if (key !== null) found.add(key)
  return found
}

const isSameResult = (one: ReadLine, other: ReadLine): boolean =>
  one.status === other.status &&
  one.bankReference === other.bankReference &&
  one.amountMinor === other.amountMinor
