import type { CollectionConfig } from 'payload'

import { nobody, staffOnly } from './access.ts'

/** Rows of networks that could not be read: kept as they came, while their page went on. */
export const QuarantinedRows: CollectionConfig = {
  slug: 'quarantined-rows',
  admin: {
    group: 'Networks',
    useAsTitle: 'code',
    defaultColumns: ['network', 'code', 'detail', 'createdAt'],
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
  ],
  indexes: [{ fields: ['network', 'contentHash'], unique: true }],
}
