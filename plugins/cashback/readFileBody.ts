import type { PayloadRequest } from 'payload'

import { DomainError } from '../../src/domain/errors.ts'

/**
 * Reads the file that is the body of a request, CSV or a workbook, up to 10 MB. Its content decides
 * which of the two it is.
 *
 * @throws DomainError `request.malformed-body` it is sent as something else
 * @throws DomainError `request.too-large` it is larger; the rest is not read
 */
export const readFileBody = async ({ body, headers }: PayloadRequest): Promise<Uint8Array> => {
  if (!FILE_TYPES.test(headers.get('content-type') ?? '')) {
    const message = `Send the file as the body, as text/csv or ${WORKBOOK_TYPE}.`
    throw new DomainError('request.malformed-body', message)
  }
  const parts: Uint8Array[] = []
  let size = 0
  const stream = body as AsyncIterable<Uint8Array> | null | undefined
  for await (const part of stream ?? []) {
    size += part.byteLength
    if (size > MAX_FILE_BYTES) {
      throw new DomainError('request.too-large', 'A file has at most 10 MB. Split it by months.')
    }
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** The type of a workbook (.xlsx). */
export const WORKBOOK_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const FILE_TYPES =
  /^(text\/csv|application\/vnd\.openxmlformats-officedocument\.spreadsheetml\.sheet)\b/i

/** The largest accepted file, in bytes: 10 MB. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024
