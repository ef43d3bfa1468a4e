import type { CollectionConfig } from 'payload'

import { staffOnly } from '../access.ts'
import { currencyField, moneyField, statusField } from '../fields.ts'
import { hiddenText, personField, readOnly, writtenBySql } from './shared.ts'

/**
 * A bank file with its withdrawals. The same file can be downloaded again; a withdrawal is in one
 * open batch at most.
 */
export const PayoutBatches: CollectionConfig = {
  slug: 'payout-batches',
  admin: {
    group: 'Withdrawals',
    useAsTitle: 'reference',
    defaultColumns: [
      'reference',
      'bankProfile',
      'count',
      'totalMinor',
      'status',
      'createdBy',
      'createdAt',
    ],
  },
  ...writtenBySql,
  access: { ...readOnly, read: staffOnly },
  fields: [
    { name: 'reference', type: 'text', required: true, unique: true },
    { name: 'bankProfile', type: 'text', required: true },
    {
      name: 'profile',
      type: 'json',
      required: true,
      admin: {
        description: 'The profile as it was: the file can be written again, and its answer read.',
      },
    },
    statusField({ name: 'status', options: ['open', 'answered'] }),
    { name: 'count', type: 'number', required: true },
    moneyField({ name: 'totalMinor', label: 'Total' }),
    currencyField(),
    { name: 'payDate', type: 'date', required: true },
    { name: 'fileName', type: 'text', required: true },
    { name: 'sha256', label: 'SHA-256 of the file', type: 'text' },
    personField('createdBy'),
    { name: 'downloadedAt', type: 'date' },
    // Addresses and phones as they were, so that the file has the same bytes whenever it is written.
    hiddenText('sealedContacts'),
  ],
}
