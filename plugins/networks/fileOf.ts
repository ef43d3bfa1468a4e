import type { PayloadRequest } from 'payload'

import { DomainError } from '../../src/domain/errors.ts'
import { MOST_FILE_BYTES } from './mostFileBytes.ts'

/**
 * The file that a request carries as its body, up to 10 MB.
 *
 * @throws DomainError `request.malformed-body` it is not sent as text/csv
 * @throws DomainError `request.too-large` no more of it is read then
 */
export const fileOf = async ({ body, headers }: PayloadRequest): Promise<Uint8Array> => {
  if (!/^text\/csv\b/i.test(headers.get('content-type') ?? '')) {
    throw new DomainError('request.malformed-body', 'Send the file as the body, as text/csv.')
  }
  const parts: Uint8Array[] = []
  let size = 0
  const stream = body as AsyncIterable<Uint8Array> | null | undefined
  for await (const part of stream ?? []) {
    size += part.byteLength
    if (size > MOST_FILE_BYTES) {
      throw new DomainError('request.too-large', 'A file may have 10 MB. Split it by months.')
    }
    parts.push(part)
  }
  return Buffer.concat(parts)
}
