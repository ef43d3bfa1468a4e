import type { PayloadRequest } from 'payload'

import { notFound } from './notFound.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * Returns the id in a route such as `/:id/explain`.
 *
 * @throws DomainError `request.not-found` when it is no UUID
 */
export const routeId = (req: PayloadRequest): string => {
  const id: unknown = req.routeParams?.id
  if (typeof id !== 'string' || !UUID.test(id)) throw notFound()
  return id
}
