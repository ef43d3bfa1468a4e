import type { CollectionConfig } from 'payload'

import { staffOrOwn } from '../access.ts'
import { hiddenText, personField, readOnly, writtenBySql } from './shared.ts'

/** Members’ tax ids, encrypted. The latest counts; earlier ones stay with their withdrawals. */
export const TaxIds: CollectionConfig = {
  slug: 'tax-ids',
  admin: {
    group: 'Withdrawals',
    useAsTitle: 'display',
    defaultColumns: ['member', 'country', 'display', 'createdAt'],
  },
  ...writtenBySql,
  access: { ...readOnly, read: staffOrOwn((memberId) => ({ member: { equals: memberId } })) },
  fields: [
    personField('member', { required: true, index: true }),
    { name: 'country', type: 'text', required: true },
    {
      name: 'display',
      type: 'text',
      required: true,
      admin: { description: 'The last four characters.' },
    },
    { name: 'removedAt', type: 'date' },
    hiddenText('fingerprint', { index: true }),
    hiddenText('sealed'),
  ],
}
