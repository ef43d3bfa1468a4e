import type { CollectionConfig, Config, GlobalConfig, Plugin } from 'payload'

import { auditChange, auditDelete, auditGlobal } from '../../hooks/system/auditChange.ts'
import { auditFailedSignIn, auditSignIn, auditUnlock } from '../../hooks/system/auditSignIn.ts'
import { forbidDeletingAuditedStaff } from '../../hooks/system/forbidDeletingAuditedStaff.ts'
import { extendCollection } from '../extend/extendCollection.ts'

/** Collections that the system writes: no action of a person. */
const INTERNAL = [
  'audit-logs',
  'idempotency-keys',
  'job-runs',
  'payload-kv',
  'payload-locked-documents',
  'payload-preferences',
]
const TABBED = ['adjustments', 'payments', 'refunds', 'service-accounts', 'users']

/**
 * Records what staff and machines change, and every sign-in. Listed last in `payload.config.ts`: it covers all
 * collections and globals of the plugins before it, so a new one is audited without further code.
 */
export const audit =
  (): Plugin =>
  (config: Config): Config => ({
    ...config,
    collections: auditCollections(config.collections ?? []).map((collection) =>
      TABBED.includes(collection.slug) ? withAuditTab(collection) : collection,
    ),
    globals: (config.globals ?? []).map((global) => withAuditTab(auditGlobalChanges(global))),
    hooks: {
      ...config.hooks,
      afterError: [...(config.hooks?.afterError ?? []), auditFailedSignIn],
    },
  })

const auditCollections = (collections: CollectionConfig[]): CollectionConfig[] =>
  collections
    .filter(({ slug }) => !INTERNAL.includes(slug))
    .reduce((list, { auth, slug }) => {
      const changes = { ...auditChange, ...auditDelete }
      const extended = extendCollection(list, slug, { hooks: changes })
      return auth ? withSignIns(extended, slug) : extended
    }, collections)

const withSignIns = (collections: CollectionConfig[], slug: string): CollectionConfig[] => {
  const signIns = extendCollection(collections, slug, { hooks: auditSignIn })
  const unlocks = extendCollection(signIns, slug, { hooks: auditUnlock })
  return slug === 'users'
    ? extendCollection(unlocks, slug, { hooks: { beforeDelete: [forbidDeletingAuditedStaff] } })
    : unlocks
}

const auditGlobalChanges = (global: GlobalConfig): GlobalConfig => ({
  ...global,
  hooks: {
    ...global.hooks,
    beforeOperation: [...(global.hooks?.beforeOperation ?? []), ...auditGlobal.beforeOperation],
    afterChange: [...(global.hooks?.afterChange ?? []), ...auditGlobal.afterChange],
  },
})

/** Adds a tab with its own audit log to the documents of a collection, or to a global. */
const withAuditTab = <Entity extends CollectionConfig | GlobalConfig>(entity: Entity): Entity => {
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
