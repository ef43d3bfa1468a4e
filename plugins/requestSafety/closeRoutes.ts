import type { Endpoint, Payload } from 'payload'

import { notFound } from '../http/notFound.ts'

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const

const unknownRoutes: Endpoint[] = METHODS.map((method) => ({
  path: '/:elsewhere*',
  method,
  handler: () => {
    throw notFound()
  },
}))

/**
 * Answers unknown routes with our 404, because Payload's has no error code. Called when the server
 * starts: Payload has added all of its routes by then, and ours must come last.
 */
export const closeRoutes = (payload: Payload): void => {
  const { collections, endpoints, globals } = payload.config
  for (const entity of [...collections, ...globals]) {
    // Payload answers 501 in a form of its own where a collection has no routes at all.
    entity.endpoints = [...(entity.endpoints || []), ...unknownRoutes]
  }
  endpoints.push(...unknownRoutes)
}
