import type { CollectionConfig } from 'payload'

import { noOne, staffOnly } from '../access.ts'
import { statusField } from '../fields.ts'

/** States of a change that waits. Only `requested` is open. */
const CHANGE_STATES = ['requested', 'applied', 'rejected', 'cancelled', 'superseded'] as const

/**
 * Changes of limits, trust, roles, scopes and passwords of staff that wait for a second admin, or
 * for the cool-down of an only one. The database keeps what was requested, allows one
 * decision, and refuses an approval by the requester.
 */
export const ChangeRequests: CollectionConfig = {
  slug: 'change-requests',
  admin: { hidden: true }, // it has a view of its own
  defaultSort: '-requestedAt',
  lockDocuments: false,
  disableBulkEdit: true,
  disableBulkDelete: true,
  disableDuplicate: true,
  graphQL: { disableMutations: true },
  access: { create: noOne, read: staffOnly, update: noOne, delete: noOne },
  fields: [
    { name: 'subject', type: 'text', required: true },
    { name: 'subjectId', type: 'text' },
    { name: 'title', type: 'text', required: true },
    { name: 'changes', type: 'json', required: true },
    { name: 'secret', type: 'text', hidden: true, access: { read: noOne } },
    statusField({ name: 'status', defaultValue: 'requested', options: [...CHANGE_STATES] }),
    { name: 'requestedBy', type: 'relationship', relationTo: 'users', required: true, maxDepth: 1 },
    { name: 'requestedAt', type: 'date', required: true },
    { name: 'takesEffectAt', type: 'date' },
    { name: 'decidedBy', type: 'relationship', relationTo: 'users', maxDepth: 1 },
    { name: 'decidedAt', type: 'date' },
    { name: 'byOperator', type: 'checkbox', required: true, defaultValue: false },
    { name: 'reason', type: 'text', maxLength: 500 },
  ],
  indexes: [{ fields: ['subject', 'subjectId'] }],
}
