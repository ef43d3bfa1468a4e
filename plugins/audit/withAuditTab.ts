import type { CollectionConfig, GlobalConfig } from 'payload'

/** Gives the documents of a collection, or a global, a tab with their own part of the log. */
export const withAuditTab = <Entity extends CollectionConfig | GlobalConfig>(
  entity: Entity,
): Entity => {
  const components = entity.admin?.components
  return {
    ...entity,
    admin: {
      ...entity.admin,
      components: {
        ...components,
        views: {
          ...components?.views,
          edit: {
            ...components?.views?.edit,
            audit: {
              Component: '/plugins/audit/admin/AuditTab#AuditTab',
              path: '/audit',
              tab: { label: 'Audit', href: '/audit' },
            },
          },
        },
      },
    },
  }
}
