import type { CollectionConfig } from 'payload'

import { noOne, staffOnly } from '../access.ts'
import { statusField } from '../fields.ts'

/** Runs of networks: the window that was read, the rows that came, and the result. */
export const SyncRuns: CollectionConfig = {
  slug: 'sync-runs',
  admin: {
    group: 'Networks',
    defaultColumns: ['network', 'status', 'startedAt', 'endedAt', 'rows', 'changed', 'error'],
  },
  defaultSort: '-startedAt',
  lockDocuments: false,
  disableBulkEdit: true,
  disableBulkDelete: true,
  disableDuplicate: true,
  graphQL: { disableMutations: true },
  access: { create: noOne, read: staffOnly, update: noOne, delete: noOne },
  fields: [
    { name: 'network', type: 'relationship', relationTo: 'networks', required: true, index: true },
    statusField({ name: 'status', options: ['running', 'completed', 'failed', 'stopped'] }),
    { name: 'windowBy', type: 'text', required: true },
    { name: 'windowFrom', type: 'date', required: true },
    { name: 'windowTo', type: 'date', required: true },
    { name: 'startedAt', type: 'date', required: true, index: true },
    { name: 'endedAt', type: 'date' },
    { name: 'pages', type: 'number', required: true, defaultValue: 0 },
    { name: 'rows', type: 'number', required: true, defaultValue: 0 },
    { name: 'changed', type: 'number', required: true, defaultValue: 0 },
    { name: 'created', type: 'number', required: true, defaultValue: 0 },
    { name: 'unattributed', type: 'number', required: true, defaultValue: 0 },
    { name: 'quarantined', type: 'number', required: true, defaultValue: 0 },
    {
      name: 'request',
      type: 'relationship',
      relationTo: 'sync-requests',
      admin: { description: 'The request that started it, if there was one.' },
    },
    { name: 'errorCode', type: 'text' },
    { name: 'error', type: 'text' },
  ],
}
