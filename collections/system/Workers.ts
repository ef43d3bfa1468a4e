import type { CollectionConfig } from 'payload'

import { adminOnly, noOne } from '../access.ts'

/** One row per worker process, refreshed every ten seconds while it runs. */
export const Workers: CollectionConfig = {
  slug: 'workers',
  admin: { hidden: true },
  lockDocuments: false,
  disableBulkEdit: true,
  disableBulkDelete: true,
  disableDuplicate: true,
  graphQL: { disableMutations: true },
  access: { create: noOne, read: adminOnly, update: noOne, delete: noOne },
  fields: [
    { name: 'host', type: 'text', required: true },
    { name: 'pid', type: 'number', required: true },
    { name: 'kinds', type: 'text', required: true },
    { name: 'startedAt', type: 'date', required: true },
    { name: 'seenAt', type: 'date', required: true, index: true },
  ],
}
