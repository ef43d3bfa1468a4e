import type { Endpoint, FlattenedField, SanitizedConfig } from 'payload'

export type HostileRequest = {
  method: string
  path: string
  body?: string
  contentType?: string
}

/** Ids of rows that exist, by collection. */
export type Known = Record<string, string[]>
export type Route = { method: string; path: string; slug: string | null; fields: FlattenedField[] }

/** All routes of the configuration, Payload's own and ours. */
export const listRoutes = ({ collections, endpoints, globals }: SanitizedConfig): Route[] => [
  ...collections.flatMap((entity) =>
    routesOf(`/${entity.slug}`, entity.slug, entity.endpoints, entity.flattenedFields),
  ),
  ...globals.flatMap((entity) =>
    routesOf(`/globals/${entity.slug}`, null, entity.endpoints, entity.flattenedFields),
  ),
  ...routesOf('', null, endpoints, []),
]

const routesOf = (
  base: string,
  slug: string | null,
  endpoints: false | Omit<Endpoint, 'root'>[],
  fields: FlattenedField[],
): Route[] =>
  (endpoints || []).map(({ method, path }) => ({
    method: method.toUpperCase(),
    path: `${base}${path === '/' ? '' : path.replace('(.*)', '/:elsewhere')}`,
    slug,
    fields,
  }))
