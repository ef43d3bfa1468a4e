import { createHash } from 'node:crypto'

/** Addresses and numbers of people have no place in a table of counters. */
export const digestOf = (text: unknown): string =>
  createHash('sha256')
    .update(typeof text === 'string' ? text.trim().toLowerCase() : '')
    .digest('base64url')
