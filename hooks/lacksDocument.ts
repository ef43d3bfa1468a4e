import type { PayloadRequest } from 'payload'

/** `/api/<collection>[/<id>]` and `/api/globals/<global>`, where a document is sent. */
const DOCUMENT_ROUTE = /^\/api\/(globals\/)?[\w-]+(\/[\w-]+)?\/?$/

/**
 * True when Payload tripped over a body that holds no document. It tells that as a fault of ours,
 * though it is the sender's mistake.
 */
export const lacksDocument = (
  error: unknown,
  { data, method, pathname }: PayloadRequest,
): boolean =>
  error instanceof TypeError &&
  ['PATCH', 'POST'].includes(method ?? '') &&
  DOCUMENT_ROUTE.test(pathname) &&
  !isDocument(data)

const isDocument = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && !Array.isArray(data)
