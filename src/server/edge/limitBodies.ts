import type { Request, RequestHandler, Response } from 'express'

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
  [/^\/api\/(users|service-accounts|otp)(\/[\w-]+){0,2}\/?$/i, 64 * KB],
  [/^\/api\/networks\/[^/]+\/(import|statements)\/?$/i, 10 * MB],
  [/^\/api\/claim-files\/?$/i, 3 * MB],
  // Batches of delivery reports; each provider's route has a limit of its own.
  [/^\/webhooks\//i, 2 * MB],
  // Next's server functions carry a whole form.
  [/^\/admin(\/|$)/i, MB],
]

/**
 * Refuses a body that is larger than its route needs, before anything reads it: by the announced
 * length, or else by the bytes that have come. The answer is 413 `request.too-large`, and the
 * connection is closed, since the rest of the body is still on its way.
 */
export const limitBodies: RequestHandler = (request, response, next) => {
  const limit = findLimit(request.path)
  if (Number(request.headers['content-length'] ?? 0) > limit) {
    refuse(response, limit)
    return
  }
  if (request.headers['transfer-encoding'] !== undefined) countBytes(request, response, limit)
  next()
}

const findLimit = (path: string): number =>
  LIMITS.find(([pattern]) => pattern.test(path))?.[1] ?? DEFAULT_BYTES

/**
 * Node's parser pushes each part of a body into the request, whoever reads it. After a refusal
 * nothing more is pushed: the reader fails when the connection closes behind the answer.
 */
const countBytes = (request: Request, response: Response, limit: number): void => {
  let bytes = 0
  const push = request.push.bind(request)
  request.push = (chunk: Buffer | null, encoding) => {
    bytes += chunk?.length ?? 0
    if (bytes <= limit) return push(chunk, encoding)
    request.push = () => false
    if (response.headersSent) request.destroy()
    else refuse(response, limit)
    return false
  }
}

const refuse = (response: Response, limit: number): void => {
  const message = `Send ${limit / KB} kB at most.`
  const errors = [{ code: 'request.too-large', message }]
  const requestId = response.getHeader('X-Request-Id')
  response.status(413).set('Connection', 'close').json({ errors, requestId })
}
