import { randomUUID } from 'node:crypto'

import type { RequestHandler } from 'express'

const ACCEPTED = /^[\w-]{8,64}$/

/**
 * Gives every request an id, or keeps the proxy's, and returns it, so that clients can quote it.
 */
export const requestId: RequestHandler = (request, response, next) => {
  const given = request.headers['x-request-id']
  const id = typeof given === 'string' && ACCEPTED.test(given) ? given : randomUUID()
  request.headers['x-request-id'] = id
  response.setHeader('X-Request-Id', id)
  next()
}
