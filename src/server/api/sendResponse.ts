import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'

import type { Request as Incoming, Response as Outgoing } from 'express'

/**
 * Sends a web response: its status, its headers with each cookie apart, and its body. JSON is sent
 * whole, with its length; everything else streams at the speed of the client, and the stream is
 * cancelled when the client goes away.
 *
 * @throws Error when the stream ends early; the client has the head by then
 */
export const sendResponse = async (
  answer: Response,
  incoming: Incoming,
  outgoing: Outgoing,
): Promise<void> => {
  copyHead(answer, outgoing)
  if (!answer.body || incoming.method === 'HEAD') {
    await answer.body?.cancel()
    outgoing.end()
  } else if (answer.headers.get('content-type')?.startsWith('application/json')) {
    const body = Buffer.from(await answer.arrayBuffer())
    outgoing.setHeader('Content-Length', body.length)
    outgoing.end(body)
  } else {
    await pipeline(Readable.fromWeb(answer.body as ReadableStream), outgoing)
  }
}

/** A database comes back within this time, or a standby takes its place. */
const RETRY_SECONDS = '5'

const copyHead = (answer: Response, outgoing: Outgoing): void => {
  outgoing.statusCode = answer.status
  for (const [name, value] of answer.headers) {
    if (name !== 'set-cookie') outgoing.setHeader(name, value)
  }
  if (answer.status === 503 && !answer.headers.has('retry-after'))
    outgoing.setHeader('Retry-After', RETRY_SECONDS)
  const cookies = answer.headers.getSetCookie()
  if (cookies.length > 0) outgoing.setHeader('Set-Cookie', cookies)
}
