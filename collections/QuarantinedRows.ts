import type { CollectionConfig } from 'payload'

import { nobody, staffOnly } from './access.ts'

/**
 * Rows of networks that could not be read: kept as they came, while their page went on. One is open
 * until a replay of its page can read it, or a person settles it.
 */
export const QuarantinedRows: CollectionConfig = {
  slug: 'quarantined-rows',
  admin: {
    group: 'Networks',
    useAsTitle: 'code',
    defaultColumns: ['network', 'code', 'detail', 'createdAt', 'settledAt'],
  },
  defaultSort: '-createdAt',
  lockDocuments: false,
  disableBulkEdit: true,
  disableBulkDelete: true,
  disableDuplicate: true,
  graphQL: { disableMutations: true },
  access: { create: nobody, read: staffOnly, update: nobody, delete: nobody },
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
      admin: { description: 'The stored page that it came in last. A postback has none.' },
    },
    { name: 'settledAt', type: 'date', admin: { position: 'sidebar' } },
    {
      name: 'settledBy',
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
    { fields: ['network', 'settledAt'] },
  ],
}
