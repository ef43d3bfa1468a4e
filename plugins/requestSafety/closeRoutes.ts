import type { Endpoint, Payload } from 'payload'

import { notFound } from '../notFound.ts'

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const

const elsewhere: Endpoint[] = METHODS.map((method) => ({
  path: '/:elsewhere*',
  method,
  handler: () => {
    throw notFound()
  },
}))

/**
 * Gives routes that do not exist the same answer as everything else that is not there; Payload's
 * own has no code. Behind all routes, which Payload has put together only by now.
 */
export const closeRoutes = (payload: Payload): void => {
  const { collections, endpoints, globals } = payload.config
  for (const entity of [...collections, ...globals]) {
    if (entity.endpoints) entity.endpoints.push(...elsewhere)
  }
  endpoints.push(...elsewhere)
}
