import type { Postback, SaleRow } from '../types.ts'
import { postbackId } from './postbackId.ts'
import { problemOf } from './readRows.ts'
import { withoutSecret } from './withoutSecret.ts'

/**
 * Reads a postback by its network's own reader. What that cannot read is a postback too: it says
 * that something happened, and the API is asked what.
 */
export const postbackOf = (
  fields: Record<string, string>,
  read: (said: Record<string, string>) => SaleRow,
): Postback => {
  const said = withoutSecret(fields)
  const eventId = postbackId(said)
  try {
    return { row: read(said), eventId, code: null, detail: null }
  } catch (error) {
    return { row: null, eventId, ...problemOf(error) }
  }
}
