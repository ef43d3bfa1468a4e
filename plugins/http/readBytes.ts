import type { PayloadRequest } from 'payload'

import { DomainError } from '../../src/domain/errors.ts'

type Accepted = {
  /** Matches the accepted values of `Content-Type`. */
  types: RegExp
  typeMessage: string
  maxBytes: number
  sizeMessage: string
}

/**
 * Reads the bytes of a request's body.
 *
 * @throws DomainError `request.malformed-body` it is sent as another type
 * @throws DomainError `request.too-large` it is larger; the rest is not read
 */
export const readBytes = async (
  { body, headers }: PayloadRequest,
  { maxBytes, sizeMessage, typeMessage, types }: Accepted,
): Promise<Uint8Array> => {
  if (!types.test(headers.get('content-type') ?? '')) {
    throw new DomainError('request.malformed-body', typeMessage)
  }
  const parts: Uint8Array[] = []
  let size = 0
  const stream = body as AsyncIterable<Uint8Array> | null | undefined
  for await (const part of stream ?? []) {
    size += part.byteLength
    if (size > maxBytes) throw new DomainError('request.too-large', sizeMessage)
    parts.push(part)
  }
  return Buffer.concat(parts)
}
