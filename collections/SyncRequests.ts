import type { CollectionConfig } from 'payload'

import { nobody, staffOnly } from './access.ts'
import { statusField } from './fields.ts'

/** A network to be asked, or its stored pages to be read, now: a worker takes it from here. */
export const SyncRequests: CollectionConfig = {
  slug: 'sync-requests',
  admin: {
    group: 'Networks',
    defaultColumns: ['network', 'mode', 'status', 'askedBy', 'outcome', 'createdAt'],
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
    statusField({ name: 'mode', defaultValue: 'ask', options: ['ask', 'replay'], index: false }),
    statusField({
      name: 'status',
      defaultValue: 'waiting',
      options: ['waiting', 'running', 'completed', 'failed', 'stopped'],
    }),
    {
      name: 'windowFrom',
      type: 'date',
      admin: { description: 'Empty: what the watermarks say; of a replay, every page.' },
    },
    { name: 'windowTo', type: 'date' },
    { name: 'note', type: 'text', maxLength: 200 },
    { name: 'askedBy', type: 'relationship', relationTo: 'users', maxDepth: 1 },
    { name: 'outcome', type: 'text' },
    { name: 'endedAt', type: 'date' },
  ],
}
