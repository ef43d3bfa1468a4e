import type { CollectionConfig, CustomDocumentViewConfig, Endpoint } from 'payload'

type Extension = Partial<Pick<CollectionConfig, 'fields' | 'hooks'>> & {
  endpoints?: Endpoint[]
  /** Tabs of the document in the admin, by key. */
  views?: Record<string, CustomDocumentViewConfig>
}

/** Returns the list with one collection extended; names a missing slug instead of ignoring it. */
export const extendCollection = (
  collections: CollectionConfig[] = [],
  slug: string,
  extension: Extension,
): CollectionConfig[] => {
  if (!collections.some((collection) => collection.slug === slug)) {
    throw new Error(`No collection "${slug}" to extend. List it before the plugin.`)
  }
  return collections.map((collection) =>
    collection.slug === slug
      ? {
          ...collection,
          ...(extension.views ? { admin: withViews(collection.admin, extension.views) } : {}),
          fields: [...collection.fields, ...(extension.fields ?? [])],
          hooks: mergeHooks(collection.hooks, extension.hooks),
          endpoints:
            collection.endpoints === false
              ? false // REST is switched off, and stays so
              : [...(collection.endpoints ?? []), ...(extension.endpoints ?? [])],
        }
      : collection,
  )
}

const withViews = (
  admin: CollectionConfig['admin'] = {},
  views: NonNullable<Extension['views']>,
): CollectionConfig['admin'] => {
  const { components } = admin
  const edit = { ...components?.views?.edit, ...views }
  return { ...admin, components: { ...components, views: { ...components?.views, edit } } }
}

const mergeHooks = (
  base: CollectionConfig['hooks'] = {},
  extra: CollectionConfig['hooks'] = {},
): CollectionConfig['hooks'] => {
  const merged: Record<string, unknown[]> = { ...(base as Record<string, unknown[]>) }
  for (const [event, hooks] of Object.entries(extra)) {
    merged[event] = [...(merged[event] ?? []), ...(hooks as unknown[])]
  }
  return merged
}
