import type { CollectionConfig } from 'payload'

import { adminOnly, nobody } from './access.ts'

/** What networks answered, page by page as it came, so that it can be read again without them. */
export const NetworkPages: CollectionConfig = {
  slug: 'network-pages',
  admin: {
    group: 'Networks',
    defaultColumns: ['network', 'run', 'number', 'rows', 'observedAt'],
  },
  defaultSort: '-createdAt',
  lockDocuments: false,
  disableBulkEdit: true,
  disableBulkDelete: true,
  disableDuplicate: true,
  graphQL: { disableMutations: true },
  access: { create: nobody, read: adminOnly, update: nobody, delete: nobody },
  fields: [
    { name: 'network', type: 'relationship', relationTo: 'networks', required: true, index: true },
    { name: 'run', type: 'relationship', relationTo: 'sync-runs', index: true },
    { name: 'number', type: 'number', required: true },
    { name: 'rows', type: 'number', required: true },
    { name: 'body', type: 'json', required: true },
    { name: 'observedAt', type: 'date', required: true },
  ],
}
