import { hashOf } from './madeId.ts'
import { withoutSecret } from './withoutSecret.ts'

/** The id of what a postback says: the same content, in whatever order, is the same postback. */
export const postbackId = (fields: Record<string, string>): string =>
  hashOf(Object.entries(withoutSecret(fields)).toSorted(([a], [b]) => (a < b ? -1 : 1)))
