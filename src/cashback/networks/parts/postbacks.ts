import { DomainError } from '../../../domain/errors.ts'
import type { Postback, TransactionRow } from '../types.ts'
import { hashJson } from './ids.ts'
import { describeProblem } from './readRows.ts'

/**
 * Reads a postback with its network's own reader. A postback that it cannot read has no row, but is
 * kept: it reports that something happened, so the API is polled. Never throws.
 */
export const readPostbackRow = (
  fields: Record<string, string>,
  read: (fields: Record<string, string>) => TransactionRow,
): Postback => {
  const kept = withoutSecret(fields)
  const eventId = hashPostback(kept)
  try {
    return { row: read(kept), eventId, code: null, detail: null }
  } catch (error) {
    return { row: null, eventId, ...describeProblem(error) }
  }
}

/** The reader for a network that documents no format of its postbacks: it reads no row. */
export const keepUnreadPostback = (fields: Record<string, string>): Postback =>
  readPostbackRow(fields, () => {
    throw new DomainError('postback.not-read', 'Postbacks of this network are not read.')
  })

/**
 * Hashes a postback's fields, without those that authenticate its sender. The order of the fields
 * does not matter.
 */
export const hashPostback = (fields: Record<string, string>): string =>
  hashJson(Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1)))

/** Removes the fields that authenticate the sender: they must not be stored. */
export const withoutSecret = (fields: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !SECRETS.has(name.toLowerCase())))

const SECRETS = new Set(['token', 'secret', 'key', 'signature'])
