import type { CollectionConfig } from 'payload'

import { adminOnly, nobody } from './access.ts'
import { statusField } from './fields.ts'

/**
 * What others told us over HTTP, kept before it is understood: stored first, answered, applied by a
 * job. The source's own id of the event makes a repetition the same event.
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
  access: { create: nobody, read: adminOnly, update: nobody, delete: nobody },
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
