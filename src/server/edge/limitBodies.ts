import type { IncomingMessage } from 'node:http'

import type { Request, RequestHandler, Response } from 'express'

import { type BodyBudget, createBodyBudget } from './createBodyBudget.ts'

const KB = 1024
const MB = 1024 * KB

/** What a document or a command of the API has at most. */
const DEFAULT_BYTES = 256 * KB

type Limit = readonly [path: RegExp, bytes: number, isStreamed?: 'streamed']

/**
 * The largest body by the path of the route, the first that fits. A streamed route refuses most
 * senders before it reads: its body is not waited for. Routes that take a file count its bytes
 * themselves as well.
 */
const LIMITS: readonly Limit[] = [
  // Anybody may send these: to sign in, to register, for a password or a code.
  [/^\/api\/(users|service-accounts|otp|payload-preferences)(\/[\w-]+){0,2}\/?$/i, 64 * KB],
  [/^\/api\/networks\/[^/]+\/(import|statements)\/?$/i, 10 * MB, 'streamed'],
  [/^\/api\/claim-files\/?$/i, 3 * MB, 'streamed'],
  // Batches of delivery reports; each provider's route has a limit of its own.
  [/^\/webhooks\//i, 2 * MB, 'streamed'],
  // Next's server functions carry a whole form.
  [/^\/admin(\/|$)/i, MB, 'streamed'],
]

/** The limit of Payload's queries that are sent as a body. */
const QUERY_BYTES = 64 * KB

/**
 * Refuses a body that is larger than its route needs, before anything reads it: by the announced
 * length, or else by the bytes that have come. The answer is 413 `request.too-large`, and the
 * connection is closed, since the rest of the body is still on its way. When the bodies of all
 * requests together take too much memory, those that arrive slowly are given up with 408
 * `request.timeout`, and then new ones refused with 503 `request.try-again`.
 *
 * The next handler is called once the body is whole, except on streamed routes. Until then a request
 * costs its bytes alone, and one that ends before is only counted, by `onAbort`: thousands may wait
 * and end at once.
 */
export const limitBodies = ({ maxHeldBytes, onAbort }: Options = {}): RequestHandler => {
  const responses = new WeakMap<IncomingMessage, Response>()
  const budget = createBodyBudget((slow) => {
    const response = responses.get(slow)
    stopReading(slow)
    if (response) refuse(response, TOO_SLOW)
  }, maxHeldBytes)
  return (request, response, next) => {
    const { isStreamed, limit } = findLimit(request)
    if (Number(request.headers['content-length'] ?? 0) > limit) {
      refuse(response, tooLarge(limit))
      return
    }
    if (!hasBody(request)) {
      next()
      return
    }
    responses.set(request, response)
    response.once('close', () => {
      budget.release(request)
      if (!request.complete && !response.headersSent) onAbort?.()
    })
    countBytes({ request, response, limit, budget, onWhole: isStreamed ? null : next })
    if (isStreamed) next()
  }
}

type Options = {
  maxHeldBytes?: number
  /** Called for each request that ended before its body was whole, and had no answer. */
  onAbort?: () => void
}

const findLimit = ({ headers, path }: Request): { limit: number; isStreamed: boolean } => {
  if (headers['x-payload-http-method-override'] ?? headers['x-http-method-override'])
    return { limit: QUERY_BYTES, isStreamed: false }
  const [, limit, streamed] = LIMITS.find(([pattern]) => pattern.test(path)) ?? [
    null,
    DEFAULT_BYTES,
  ]
  return { limit, isStreamed: streamed === 'streamed' }
}

const hasBody = ({ headers }: Request): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

type Counting = {
  request: Request
  response: Response
  limit: number
  budget: BodyBudget
  /** Called when the last part has come; null when the body is read while it arrives. */
  onWhole: (() => void) | null
}

/** Node's parser pushes each part of a body into the request, whoever reads it. */
const countBytes = ({ budget, limit, onWhole, request, response }: Counting): void => {
  let bytes = 0
  const push = request.push.bind(request)
  request.push = (chunk: Buffer | null, encoding) => {
    const size = chunk?.length ?? 0
    bytes += size
    const refusal = bytes > limit ? tooLarge(limit) : budget.take(request, size) ? null : BUSY
    if (!refusal) {
      const wantsMore = push(chunk, encoding)
      if (!onWhole) return wantsMore
      // Not within the parser's call: a handler may end the connection.
      if (chunk === null) process.nextTick(onWhole)
      return true // or the parser would wait for a reader
    }
    stopReading(request)
    refuse(response, refusal)
    return false
  }
}

/** Nothing more is pushed: the reader fails when the connection closes behind the answer. */
const stopReading = (request: IncomingMessage): void => {
  request.push = () => false
}

type Refusal = { status: number; code: string; message: string }

const tooLarge = (limit: number): Refusal => ({
  status: 413,
  code: 'request.too-large',
  message: `Send ${limit / KB} kB at most.`,
})
const TOO_SLOW: Refusal = { status: 408, code: 'request.timeout', message: 'Send it faster.' }
const BUSY: Refusal = {
  status: 503,
  code: 'request.try-again',
  message: 'Too much is being sent. Try again in a moment.',
}

const refuse = (response: Response, { code, message, status }: Refusal): void => {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const requestId = response.getHeader('X-Request-Id')
  if (status === 503) response.set('Retry-After', '5')
  response.status(status).set('Connection', 'close')
  response.json({ errors: [{ code, message }], requestId })
}
