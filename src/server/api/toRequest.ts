import { ReadableStream } from 'node:stream/web'

import type { Request as Incoming, Response as Outgoing } from 'express'

import { DomainError } from '../../domain/errors.ts'
import { toHeaders } from '../edge/toHeaders.ts'

const WITHOUT_BODY = ['GET', 'HEAD']

/**
 * Converts a Node request to a web request, which Payload's handlers take. The body streams; the
 * signal aborts when the client disconnects before it has the answer. A HEAD request becomes a GET;
 * its answer is sent without the body. Null for a method that a web request cannot have (TRACE).
 */
export const toRequest = (incoming: Incoming, outgoing: Outgoing): Request | null => {
  if (['CONNECT', 'TRACE', 'TRACK'].includes(incoming.method)) return null
  return new Request(addressOf(incoming), {
    method: incoming.method === 'HEAD' ? 'GET' : incoming.method,
    headers: toHeaders(incoming),
    signal: abortWithClient(outgoing),
    ...(hasBody(incoming) ? { body: toBody(incoming), duplex: 'half' } : {}),
  })
}

/**
 * Uses our own host, not the caller's `Host` header, so that no caller can change the links that
 * members get. The scheme is the proxy's, because links in answers follow it.
 */
const addressOf = ({ headers, originalUrl, socket }: Incoming): URL => {
  const isHttps = String(headers['x-forwarded-proto'] ?? '').includes('https')
  return new URL(originalUrl, `${isHttps ? 'https' : 'http'}://localhost:${socket.localPort ?? 80}`)
}

const hasBody = ({ headers, method }: Incoming): boolean =>
  !WITHOUT_BODY.includes(method) &&
  (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0)

const toBody = (incoming: Incoming): BodyInit =>
  ReadableStream.from(readParts(incoming)) as unknown as BodyInit

const readParts = async function* (incoming: Incoming): AsyncGenerator<Uint8Array> {
  try {
    yield* incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>
  } catch {
    throw CLIENT_GONE
  }
}

/**
 * One error for all: thousands of connections can end at once, and each stack trace takes a while
 * to write.
 */
const CLIENT_GONE = new DomainError('request.aborted', 'The body did not arrive.')

const abortWithClient = (outgoing: Outgoing): AbortSignal => {
  const controller = new AbortController()
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) controller.abort()
  })
  return controller.signal
}
