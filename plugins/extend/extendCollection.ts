import type { CollectionConfig, CustomDocumentViewConfig, Endpoint, Field } from 'payload'

export type Extension = Partial<Pick<CollectionConfig, 'fields' | 'hooks'>> & {
  /** Fields before all others, for a form that starts with an action. */
  firstFields?: Field[]
  endpoints?: Endpoint[]
  /** Tabs of the document in the admin, by key. */
  views?: Record<string, CustomDocumentViewConfig>
  /** Components before the buttons of the document in the admin, by path. */
  controls?: string[]
}

/** Returns the list with one collection extended. @throws Error naming a slug that is missing */
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
          ...(extension.views || extension.controls
            ? { admin: withComponents(collection.admin, extension) }
            : {}),
          fields: [
            ...(extension.firstFields ?? []),
            ...collection.fields,
            ...(extension.fields ?? []),
          ],
          hooks: mergeHooks(collection.hooks, extension.hooks),
          endpoints:
            collection.endpoints === false
              ? false // REST is switched off, and stays so
              : [...(collection.endpoints ?? []), ...(extension.endpoints ?? [])],
        }
      : collection,
  )
}

const withComponents = (
  admin: CollectionConfig['admin'] = {},
  { controls, views }: Extension,
): CollectionConfig['admin'] => {
  const components = { ...admin.components }
  if (views) {
    components.views = { ...components.views, edit: { ...components.views?.edit, ...views } }
  }
  if (controls) {
    const before = components.edit?.beforeDocumentControls ?? []
    components.edit = { ...components.edit, beforeDocumentControls: [...before, ...controls] }
  }
  return { ...admin, components }
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
