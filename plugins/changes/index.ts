import type { CollectionConfig, Config, GlobalConfig, Plugin } from 'payload'

import { AccountChanges } from '../../collections/system/AccountChanges.ts'
import { ChangeRequests } from '../../collections/system/ChangeRequests.ts'
import { notePassword, recordAccountChange } from '../../hooks/members/recordAccountChange.ts'
import { holdFields, holdPassword, noteGuard, requestHeld } from '../../hooks/system/holdChange.ts'
import {
  holdSettings,
  refuseLooserVersion,
  requestHeldSettings,
} from '../../hooks/system/holdGlobalChange.ts'
import { applyChanges } from '../../jobs/system/applyChanges.ts'
import { SENSITIVE } from '../../src/domain/changes/sensitiveFields.ts'
import { withAdminView } from '../adminViews/withAdminView.ts'
import { extendCollection } from '../extend/extendCollection.ts'
import { extendJobs } from '../extend/extendJobs.ts'
import { loadChangesBadge } from './admin/loadChangesBadge.ts'
import { decideChange } from './endpoints/decideChange.ts'
import { pendingChangeField } from './pendingChangeField.ts'

/**
 * Changes that could make money wait for a second admin or a cool-down, and who counts as a second
 * person. Listed after the plugins that add collections and globals with sensitive fields.
 */
export const changes =
  (): Plugin =>
  (config: Config): Config => ({
    ...config,
    admin: withAdminView(config.admin, {
      label: 'Changes',
      path: '/changes',
      view: '/plugins/changes/admin/ChangesView#ChangesView',
      audience: 'staff',
      badge: loadChangesBadge,
    }),
    collections: [
      ...withAccountFacts((config.collections ?? []).map(holdInCollection)),
      AccountChanges,
      {
        ...ChangeRequests,
        endpoints: [decideChange('approve'), decideChange('reject'), decideChange('cancel')],
      },
    ],
    globals: (config.globals ?? []).map(holdInGlobal),
    custom: extendJobs(config, applyChanges),
  })

/** Its hooks run before the others of a change, which then see what is really stored. */
const holdInCollection = (collection: CollectionConfig): CollectionConfig => {
  if (!(collection.slug in SENSITIVE)) return collection
  const { hooks } = collection
  return {
    ...collection,
    fields: [pendingChangeField, ...collection.fields],
    hooks: {
      ...hooks,
      beforeOperation: [
        noteGuard,
        ...(hooks?.beforeOperation ?? []),
        ...(collection.slug === 'users' ? [holdPassword] : []),
      ],
      beforeChange: [holdFields, ...(hooks?.beforeChange ?? [])],
      afterChange: [...(hooks?.afterChange ?? []), requestHeld],
    },
  }
}

const withAccountFacts = (collections: CollectionConfig[]): CollectionConfig[] =>
  extendCollection(collections, 'users', {
    hooks: { beforeOperation: [notePassword], afterChange: [recordAccountChange] },
  })

const holdInGlobal = (global: GlobalConfig): GlobalConfig => {
  if (!(global.slug in SENSITIVE)) return global
  const { hooks } = global
  return {
    ...global,
    fields: [pendingChangeField, ...global.fields],
    hooks: {
      ...hooks,
      beforeOperation: [...(hooks?.beforeOperation ?? []), refuseLooserVersion],
      beforeChange: [holdSettings, ...(hooks?.beforeChange ?? [])],
      afterChange: [...(hooks?.afterChange ?? []), requestHeldSettings],
    },
  }
}
