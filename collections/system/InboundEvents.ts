import type { CollectionConfig } from 'payload'

import { adminOnly, noOne } from '../access.ts'
import { statusField } from '../fields.ts'

/**
 * Events that others sent over HTTP. An event is stored, then acknowledged, then applied by a job.
 * The source's id identifies it, so a repeated delivery is the same event.
 */
export const InboundEvents: CollectionConfig = {
  slug: 'inbound-events',
  admin: {
    group: 'Operations',
    useAsTitle: 'eventId',
    defaultColumns: ['source', 'eventId', 'status', 'detail', 'createdAt'],
  },
  defaultSort: '-createdAt',
  lockDocuments: false,
  disableBulkEdit: true,
  disableBulkDelete: true,
  disableDuplicate: true,
  graphQL: { disableMutations: true },
  access: { create: noOne, read: adminOnly, update: noOne, delete: noOne },
  fields: [
    { name: 'source', type: 'text', required: true },
    { name: 'eventId', type: 'text', required: true },
    statusField({
      name: 'status',
      defaultValue: 'pending',
      options: ['pending', 'applied', 'ignored', 'failed'],
    }),
    { name: 'body', type: 'json', required: true },
    { name: 'detail', type: 'text' },
    { name: 'receivedAt', type: 'date', required: true },
    { name: 'appliedAt', type: 'date' },
  ],
  indexes: [{ fields: ['source', 'eventId'], unique: true }],
}
