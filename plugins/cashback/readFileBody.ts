import type { PayloadRequest } from 'payload'

import { DomainError } from '../../src/domain/errors.ts'

/**
 * Reads the CSV file that is the body of a request, up to 10 MB.
 *
 * @throws DomainError `request.malformed-body` it is not sent as text/csv
 * @throws DomainError `request.too-large` it is larger; the rest is not read
 */
export const readCsvBody = async ({ body, headers }: PayloadRequest): Promise<Uint8Array> => {
  if (!/^text\/csv\b/i.test(headers.get('content-type') ?? '')) {
    throw new DomainError('request.malformed-body', 'Send the file as the body, as text/csv.')
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

/** The largest accepted file, in bytes: 10 MB. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024
