import type { PayloadRequest } from 'payload'

import type { Row } from './changedFields.ts'

const keyOf = (subject: string, id: number | string | null) => `audit:${subject}:${id ?? ''}`

/** Keeps a row as it was before a change, with the request that changes it. */
export const rememberRow = (
  req: PayloadRequest,
  subject: string,
  id: number | string | null,
  row: Row,
): void => {
  // Payload replaces the context now and then, but copies what is in it.
  req.context[keyOf(subject, id)] = row
}

/** The row as it was remembered, once. */
export const recallRow = (
  req: PayloadRequest,
  subject: string,
  id: number | string | null,
): Row | undefined => {
  const row = req.context[keyOf(subject, id)] as Row | undefined
  req.context[keyOf(subject, id)] = undefined
  return row
}
