import type { Endpoint, Payload, SanitizedCollectionConfig, SanitizedGlobalConfig } from 'payload'

import { notFound } from '../http/notFound.ts'

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const

type Entity = SanitizedCollectionConfig | SanitizedGlobalConfig

const unknownRoutes: Endpoint[] = METHODS.map((method) => ({
  path: '(.*)', // also two slashes in a row
  method,
  handler: () => {
    throw notFound()
  },
}))

/**
 * Answers unknown routes with our 404, because Payload's has no error code. Payload also adds routes
 * for what a collection does not have, versions and mails of confirmation, and fails there: they
 * are closed as well. Called when the server
 * starts: Payload has added all of its routes by then, and ours must come last.
 */
export const closeRoutes = (payload: Payload): void => {
  const { collections, endpoints, globals } = payload.config
  for (const entity of [...collections, ...globals]) {
    // Payload answers 501 in a form of its own where a collection has no routes at all.
    const known = (entity.endpoints || []).filter(({ path }) => isServed(entity, path))
    entity.endpoints = [...known, ...unknownRoutes]
  }
  endpoints.push(...unknownRoutes)
}

const isServed = (entity: Entity, path: string): boolean => {
  if (/^\/versions(\/|$)/.test(path)) return Boolean(entity.versions)
  return path !== '/verify/:id' || ('auth' in entity && Boolean(entity.auth.verify))
}
