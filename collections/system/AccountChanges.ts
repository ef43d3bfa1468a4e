import type { CollectionConfig } from 'payload'

import { ACCOUNT_CHANGES } from '../../src/domain/approvals/refuseApprover.ts'
import { adminOnly, noOne } from '../access.ts'
import { statusField } from '../fields.ts'

/**
 * Who made an account of another person, changed its role or its e-mail address, or set its
 * password, and when. Append-only by a trigger: the rows decide who counts as a second person.
 * People are named by id and not referenced, so that a row does not prevent a deletion.
 */
export const AccountChanges: CollectionConfig = {
  slug: 'account-changes',
  admin: {
    group: 'Operations',
    defaultColumns: ['at', 'account', 'change', 'changedBy'],
    description: 'Rows are never edited or deleted by people.',
  },
  defaultSort: '-at',
  lockDocuments: false,
  disableBulkEdit: true,
  disableBulkDelete: true,
  disableDuplicate: true,
  graphQL: { disableMutations: true },
  access: { create: noOne, read: adminOnly, update: noOne, delete: noOne },
  fields: [
    { name: 'account', type: 'text', required: true },
    { name: 'changedBy', type: 'text', required: true },
    statusField({ name: 'change', options: [...ACCOUNT_CHANGES], index: false }),
    { name: 'at', type: 'date', required: true },
  ],
  indexes: [{ fields: ['changedBy', 'at'] }],
}
