import type { IncomingMessage } from 'node:http'

import type { Request, RequestHandler, Response } from 'express'

import { type BodyBudget, createBodyBudget } from './createBodyBudget.ts'

const KB = 1024
const MB = 1024 * KB

/** What a document or a command of the API has at most. */
const DEFAULT_BYTES = 256 * KB

/**
 * The largest body by the path of the route, the first that fits. Routes that take a file count its
 * bytes themselves as well.
 */
const LIMITS: readonly (readonly [path: RegExp, bytes: number])[] = [
  // Anybody may send these: to sign in, to register, for a password or a code.
  [/^\/api\/(users|service-accounts|otp|payload-preferences)(\/[\w-]+){0,2}\/?$/i, 64 * KB],
  [/^\/api\/networks\/[^/]+\/(import|statements)\/?$/i, 10 * MB],
  [/^\/api\/claim-files\/?$/i, 3 * MB],
  // Batches of delivery reports; each provider's route has a limit of its own.
  [/^\/webhooks\//i, 2 * MB],
  // Next's server functions carry a whole form.
  [/^\/admin(\/|$)/i, MB],
]

/** The limit of Payload's queries that are sent as a body. */
const QUERY_BYTES = 64 * KB

/**
 * Refuses a body that is larger than its route needs, before anything reads it: by the announced
 * length, or else by the bytes that have come. The answer is 413 `request.too-large`, and the
 * connection is closed, since the rest of the body is still on its way. When the bodies of all
 * requests together take too much memory, those that arrive slowly are given up with 408
 * `request.timeout`, and then new ones refused with 503 `request.try-again`.
 */
export const limitBodies = ({ maxHeldBytes }: { maxHeldBytes?: number } = {}): RequestHandler => {
  const responses = new WeakMap<IncomingMessage, Response>()
  const budget = createBodyBudget((slow) => {
    const response = responses.get(slow)
    stopReading(slow)
    if (response) refuse(response, TOO_SLOW)
  }, maxHeldBytes)
  return (request, response, next) => {
    const limit = findLimit(request)
    if (Number(request.headers['content-length'] ?? 0) > limit) {
      refuse(response, tooLarge(limit))
      return
    }
    if (hasBody(request)) {
      responses.set(request, response)
      response.once('close', () => {
        budget.release(request)
      })
      countBytes({ request, response, limit, budget })
    }
    next()
  }
}

const findLimit = ({ headers, path }: Request): number =>
  (headers['x-payload-http-method-override'] ?? headers['x-http-method-override'])
    ? QUERY_BYTES
    : (LIMITS.find(([pattern]) => pattern.test(path))?.[1] ?? DEFAULT_BYTES)

const hasBody = ({ headers }: Request): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

type Counting = { request: Request; response: Response; limit: number; budget: BodyBudget }

/** Node's parser pushes each part of a body into the request, whoever reads it. */
const countBytes = ({ budget, limit, request, response }: Counting): void => {
  let bytes = 0
  const push = request.push.bind(request)
  request.push = (chunk: Buffer | null, encoding) => {
    const size = chunk?.length ?? 0
    bytes += size
    const refusal = bytes > limit ? tooLarge(limit) : budget.take(request, size) ? null : BUSY
    if (!refusal) return push(chunk, encoding)
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
