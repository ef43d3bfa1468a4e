import type { CollectionConfig, Config, GlobalConfig, Plugin } from 'payload'

import { auditChange } from '../../hooks/auditChange.ts'
import { auditDelete } from '../../hooks/auditDelete.ts'
import { auditFailedSignIn } from '../../hooks/auditFailedSignIn.ts'
import { auditGlobal } from '../../hooks/auditGlobal.ts'
import { auditSignIn } from '../../hooks/auditSignIn.ts'
import { auditUnlock } from '../../hooks/auditUnlock.ts'
import { keepAuditedPeople } from '../../hooks/keepAuditedPeople.ts'
import { extendCollection } from '../extendCollection.ts'
import { withAuditTab } from './withAuditTab.ts'

/** Written by the system itself: nothing a person does. */
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
 * What the staff changes, and who signs in. Listed last in `payload.config.ts`: it watches every
 * collection and global that is there by then, so a new one is audited without a line.
 */
export const audit =
  (): Plugin =>
  (config: Config): Config => ({
    ...config,
    collections: watched(config.collections ?? []).map((collection) =>
      TABBED.includes(collection.slug) ? withAuditTab(collection) : collection,
    ),
    globals: (config.globals ?? []).map((global) => withAuditTab(watchedGlobal(global))),
    hooks: {
      ...config.hooks,
      afterError: [...(config.hooks?.afterError ?? []), auditFailedSignIn],
    },
  })

const watched = (collections: CollectionConfig[]): CollectionConfig[] =>
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
    ? extendCollection(unlocks, slug, { hooks: { beforeDelete: [keepAuditedPeople] } })
    : unlocks
}

const watchedGlobal = (global: GlobalConfig): GlobalConfig => ({
  ...global,
  hooks: {
    ...global.hooks,
    beforeOperation: [...(global.hooks?.beforeOperation ?? []), ...auditGlobal.beforeOperation],
    afterChange: [...(global.hooks?.afterChange ?? []), ...auditGlobal.afterChange],
  },
})
