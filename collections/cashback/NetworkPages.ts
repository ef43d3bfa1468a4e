import type { CollectionConfig } from 'payload'

import { adminOnly, noOne } from '../access.ts'

/** The networks' responses, page by page and unchanged, for replays without the network. */
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
  access: { create: noOne, read: adminOnly, update: noOne, delete: noOne },
  fields: [
    { name: 'network', type: 'relationship', relationTo: 'networks', required: true, index: true },
    { name: 'run', type: 'relationship', relationTo: 'sync-runs', index: true },
    { name: 'number', type: 'number', required: true },
    { name: 'rows', type: 'number', required: true },
    {
      name: 'body',
      type: 'json',
      admin: { description: 'Empty once the page is in an archive. Replays read it from there.' },
    },
    { name: 'observedAt', type: 'date', required: true },
    { name: 'archivedAt', type: 'date' },
    { name: 'archiveFile', type: 'text' },
    { name: 'archiveSha256', label: 'SHA-256 of the file', type: 'text' },
  ],
}
