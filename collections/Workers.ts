import type { CollectionConfig } from 'payload'

import { adminOnly, nobody } from './access.ts'

/** A row for each worker process, refreshed every ten seconds while it lives. */
export const Workers: CollectionConfig = {
  slug: 'workers',
  admin: { hidden: true },
  lockDocuments: false,
  disableBulkEdit: true,
  disableBulkDelete: true,
  disableDuplicate: true,
  graphQL: { disableMutations: true },
  access: { create: nobody, read: adminOnly, update: nobody, delete: nobody },
  fields: [
    { name: 'host', type: 'text', required: true },
    { name: 'pid', type: 'number', required: true },
    { name: 'kinds', type: 'text', required: true },
    { name: 'startedAt', type: 'date', required: true },
    { name: 'seenAt', type: 'date', required: true, index: true },
  ],
}
