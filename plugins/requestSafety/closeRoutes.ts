import type { Endpoint, Payload, SanitizedCollectionConfig, SanitizedGlobalConfig } from 'payload'

import { checkVersionQuery } from '../../hooks/system/checkVersionQuery.ts'
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
 * are closed as well. Queries of a global's versions are checked here. Called when the server
 * starts: Payload has added all of its routes by then, and ours must come last.
 */
export const closeRoutes = (payload: Payload): void => {
  const { collections, endpoints, globals } = payload.config
  for (const global of globals) {
    global.endpoints = (global.endpoints || []).map((endpoint) => checkVersions(global, endpoint))
  }
  for (const entity of [...collections, ...globals]) {
    // Payload answers 501 in a form of its own where a collection has no routes at all.
    const known = (entity.endpoints || []).filter((endpoint) => isServed(entity, endpoint))
    entity.endpoints = [...known, ...unknownRoutes]
  }
  endpoints.push(...unknownRoutes)
}

const checkVersions = (global: SanitizedGlobalConfig, endpoint: Endpoint): Endpoint =>
  endpoint.method !== 'get' || endpoint.path !== '/versions'
    ? endpoint
    : {
        ...endpoint,
        handler: (req) => {
          const limit = checkVersionQuery(req.query, global, req)
          req.query = { ...req.query, limit: String(limit) }
          return endpoint.handler(req)
        },
      }

const isServed = (entity: Entity, { method, path }: Endpoint): boolean => {
  // Preferences are changed by their key, one at a time.
  if (entity.slug === 'payload-preferences' && method === 'patch') return false
  if (/^\/versions(\/|$)/.test(path)) return Boolean(entity.versions)
  return path !== '/verify/:id' || ('auth' in entity && Boolean(entity.auth.verify))
}
