import type { CollectionConfig, Field, RelationshipField } from 'payload'

import { noOne } from '../access.ts'

/**
 * What rows of payouts have in common: SQL of `src/payouts` writes them, so that no form, bulk edit
 * or generated mutation can.
 */
export const writtenBySql = {
  defaultSort: '-createdAt',
  lockDocuments: false,
  disableBulkEdit: true,
  disableBulkDelete: true,
  disableDuplicate: true,
  graphQL: { disableMutations: true },
} satisfies Partial<CollectionConfig>

export const readOnly = { create: noOne, update: noOne, delete: noOne }

/** A column that never leaves the database through the API: sealed data, leases, fingerprints. */
export const hiddenText = (
  name: string,
  extra: { unique?: boolean; index?: boolean } = {},
): Field => ({
  name,
  type: 'text',
  ...extra,
  hidden: true,
  access: { read: noOne, create: noOne, update: noOne },
})

/** A person who did something, or whom a row concerns. */
export const personField = (
  name: string,
  overrides: Pick<Partial<RelationshipField>, 'access' | 'index' | 'label' | 'required'> = {},
): RelationshipField => ({
  ...overrides,
  name,
  type: 'relationship',
  relationTo: 'users',
  maxDepth: 1,
})
