import { hashOf } from './madeId.ts'

/**
 * The id of what a postback says, without the words that prove its sender: the same content, in
 * whatever order, is the same postback.
 */
export const postbackId = (fields: Record<string, string>): string =>
  hashOf(Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1)))
