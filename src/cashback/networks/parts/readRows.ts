import type { z } from 'zod'

import { DomainError } from '../../../domain/errors.ts'
import { NetworkError } from '../NetworkError.ts'
import type { RejectedRow, TransactionRow } from '../types.ts'

/** Far more than any network lists in one page. Each row is stored in one database transaction. */
const MAX_ROWS = 10_000

/**
 * Reads rows one by one. A row that cannot be read is rejected, and the others are read.
 *
 * @throws NetworkError `network.too-large` more than 10,000 rows
 */
export const readRows = (
  raws: unknown[],
  read: (raw: unknown) => TransactionRow,
): { rows: TransactionRow[]; rejected: RejectedRow[] } => {
  if (raws.length > MAX_ROWS) {
    const message = `a page has more than ${MAX_ROWS.toLocaleString('en')} rows`
    throw new NetworkError('network.too-large', { message })
  }
  const rows: TransactionRow[] = []
  const rejected: RejectedRow[] = []
  for (const raw of raws) {
    try {
      rows.push(read(raw))
    } catch (error) {
      rejected.push({ raw, ...describeProblem(error) })
    }
  }
  return { rows, rejected }
}

/** Describes why a row could not be read, with a stable code. */
export const describeProblem = (error: unknown): { code: string; detail: string } => {
  if (error instanceof DomainError) return { code: error.code, detail: error.message }
  if (isZodError(error)) return { code: 'row.malformed', detail: formatIssues(error) }
  return { code: 'row.unreadable', detail: 'not in the form of a transaction' }
}

/** By its name: the reader of files starts without zod, which takes longer to load than the rest. */
const isZodError = (error: unknown): error is z.ZodError =>
  (error as { name?: unknown } | null)?.name === 'ZodError'

const formatIssues = ({ issues }: z.ZodError): string =>
  issues.map(({ message, path }) => [path.join('.'), message].filter(Boolean).join(': ')).join('; ')

/** The error of a response that is not a page. It is retried, and never taken for an empty page. */
export const badResponse = (adapter: string): NetworkError =>
  new NetworkError('network.bad-answer', {
    message: `${adapter} sent a response that is not a page of transactions`,
    isRetryable: true,
  })
