import { z } from 'zod'

import { DomainError } from '../../domain/errors.ts'
import type { RejectedRow, SaleRow } from '../types.ts'

/** Reads rows one by one: one that cannot be read is kept aside, and costs no other. */
export const readRows = (
  raws: unknown[],
  read: (raw: unknown) => SaleRow,
): { rows: SaleRow[]; rejected: RejectedRow[] } => {
  const rows: SaleRow[] = []
  const rejected: RejectedRow[] = []
  for (const raw of raws) {
    try {
      rows.push(read(raw))
    } catch (error) {
      rejected.push({ raw, ...problemOf(error) })
    }
  }
  return { rows, rejected }
}

/** Why something could not be read, with a code that does not change. */
export const problemOf = (error: unknown): { code: string; detail: string } => {
  if (error instanceof DomainError) return { code: error.code, detail: error.message }
  if (error instanceof z.ZodError) return { code: 'row.malformed', detail: complaints(error) }
  return { code: 'row.unreadable', detail: 'not in the form of a sale' }
}

const complaints = ({ issues }: z.ZodError): string =>
  issues.map(({ message, path }) => [path.join('.'), message].filter(Boolean).join(': ')).join('; ')
