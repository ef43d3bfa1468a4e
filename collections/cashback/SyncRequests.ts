import type { CollectionConfig } from 'payload'

import { noOne, staffOnly } from '../access.ts'
import { statusField } from '../fields.ts'

/** Requests to sync a network, or to replay its stored pages. A worker runs them. */
export const SyncRequests: CollectionConfig = {
  slug: 'sync-requests',
  admin: {
    group: 'Networks',
    defaultColumns: ['network', 'mode', 'status', 'requestedBy', 'outcome', 'createdAt'],
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
    statusField({
      name: 'mode',
      defaultValue: 'fetch',
      options: ['fetch', 'replay'],
      index: false,
    }),
    statusField({
      name: 'status',
      defaultValue: 'waiting',
      options: ['waiting', 'running', 'completed', 'failed', 'stopped'],
    }),
    {
      name: 'windowFrom',
      type: 'date',
      admin: { description: 'Empty: from the watermarks; a replay reads every page.' },
    },
    { name: 'windowTo', type: 'date' },
    { name: 'note', type: 'text', maxLength: 200 },
    { name: 'requestedBy', type: 'relationship', relationTo: 'users', maxDepth: 1 },
    {
      name: 'lostWorkers',
      type: 'number',
      required: true,
      defaultValue: 0,
      admin: { description: 'Workers that ended while they ran it. The third ends the request.' },
    },
    { name: 'outcome', type: 'text' },
    { name: 'endedAt', type: 'date' },
  ],
}
