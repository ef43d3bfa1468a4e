import type { CollectionConfig } from 'payload'

import { staffOnly } from '../access.ts'
import { personField, readOnly, writtenBySql } from './shared.ts'

/**
 * Who approved which withdrawal. Append-only: a hold ends the round, and approvals of earlier rounds
 * no longer count.
 */
export const WithdrawalApprovals: CollectionConfig = {
  slug: 'withdrawal-approvals',
  admin: { group: 'Withdrawals', hidden: true },
  ...writtenBySql,
  access: { ...readOnly, read: staffOnly },
  fields: [
    {
      name: 'withdrawal',
      type: 'relationship',
      relationTo: 'withdrawals',
      required: true,
      index: true,
      maxDepth: 0,
    },
    personField('by', { required: true, index: true }),
    { name: 'round', type: 'number', required: true },
    { name: 'at', type: 'date', required: true, index: true },
  ],
}
