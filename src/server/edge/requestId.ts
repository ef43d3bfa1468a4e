import { randomUUID } from 'node:crypto'

import type { RequestHandler } from 'express'

/** The header from which all other code reads the id that the client sent. */
const CLIENT_HEADER = 'x-tributary-client-request-id'
const ACCEPTED = /^[\w-]{8,64}$/

/**
 * Gives every request an id of ours and returns it, so that clients can quote it: an id that a
 * client chooses may be that of another request. The client's or proxy's own id is kept beside it,
 * for the log.
 */
export const requestId: RequestHandler = (request, response, next) => {
  const given = request.headers['x-request-id']
  const id = randomUUID()
  request.headers['x-request-id'] = id
  const isKept = typeof given === 'string' && ACCEPTED.test(given)
  request.headers[CLIENT_HEADER] = isKept ? given : undefined
  response.setHeader('X-Request-Id', id)
  next()
}
