import type { CollectionConfig } from 'payload'

import { noOne, staffOnly } from '../access.ts'

/**
 * Rows of networks that could not be read, stored unchanged. The other rows of their page are
 * ingested. A row is open until a replay of its page reads it or a person resolves it.
 */
export const QuarantinedRows: CollectionConfig = {
  slug: 'quarantined-rows',
  admin: {
    group: 'Networks',
    useAsTitle: 'code',
    defaultColumns: ['network', 'code', 'detail', 'createdAt', 'resolvedAt'],
  },
  defaultSort: '-createdAt',
  lockDocuments: false,
  disableBulkEdit: true,
  disableBulkDelete: true,
  disableDuplicate: true,
  graphQL: { disableMutations: true },
  access: { create: noOne, read: staffOnly, update: noOne, delete: noOne },
  fields: [
    { name: 'network', type: 'relationship', relationTo: 'networks', required: true, index: true },
    { name: 'run', type: 'relationship', relationTo: 'sync-runs', index: true },
    { name: 'contentHash', type: 'text', required: true },
    { name: 'code', type: 'text', required: true, index: true },
    { name: 'detail', type: 'text' },
    { name: 'raw', type: 'json', required: true },
    {
      name: 'page',
      type: 'relationship',
      relationTo: 'network-pages',
      index: true,
      admin: { description: 'The latest stored page with this row. A postback has none.' },
    },
    { name: 'resolvedAt', type: 'date', admin: { position: 'sidebar' } },
    {
      name: 'resolvedBy',
      type: 'select',
      options: [
        { label: 'Replay', value: 'replay' },
        { label: 'Person', value: 'person' },
      ],
      admin: { position: 'sidebar' },
    },
    {
      name: 'person',
      type: 'relationship',
      relationTo: 'users',
      maxDepth: 1,
      admin: { position: 'sidebar' },
    },
    { name: 'reason', type: 'textarea', admin: { position: 'sidebar' } },
  ],
  indexes: [
    { fields: ['network', 'contentHash'], unique: true },
    { fields: ['network', 'resolvedAt'] },
  ],
}
