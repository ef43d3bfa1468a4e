import type { CollectionConfig } from 'payload'

import { noOne, staffOnly } from '../access.ts'
import { statusField } from '../fields.ts'

/**
 * Imports of network files, and replays of their pages. Their credits are held together: they are
 * applied if they are within the limits of `finance-config`, else a second person decides. Only the
 * import and a decision change a row.
 */
export const FileImports: CollectionConfig = {
  slug: 'file-imports',
  admin: {
    group: 'Networks',
    defaultColumns: ['network', 'status', 'requestedBy', 'createdAt', 'decidedBy', 'decidedAt'],
    description: 'Credits from files. Above the limits a second person decides.',
  },
  defaultSort: '-createdAt',
  lockDocuments: false,
  disableBulkEdit: true,
  disableBulkDelete: true,
  disableDuplicate: true,
  graphQL: { disableMutations: true },
  access: { create: noOne, read: staffOnly, update: noOne, delete: noOne },
  fields: [
    { name: 'network', type: 'relationship', relationTo: 'networks', required: true, maxDepth: 1 },
    { name: 'run', type: 'relationship', relationTo: 'sync-runs', required: true, maxDepth: 0 },
    statusField({
      name: 'status',
      defaultValue: 'held',
      options: ['held', 'applied', 'approved', 'rejected'],
      admin: { description: 'Applied: within the limits, without a second person.' },
    }),
    {
      name: 'reasons',
      type: 'json',
      admin: { description: 'Why a second person decides: the limits that it exceeds.' },
    },
    {
      name: 'requestedBy',
      type: 'relationship',
      relationTo: 'users',
      maxDepth: 1,
      admin: { description: 'Empty: the owner of the machine.' },
    },
    { name: 'decidedBy', type: 'relationship', relationTo: 'users', maxDepth: 1 },
    { name: 'decidedAt', type: 'date' },
    { name: 'reason', type: 'textarea', maxLength: 500 },
  ],
}
