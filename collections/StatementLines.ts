import type { CollectionConfig } from 'payload'

import { nobody, staffOnly } from './access.ts'
import { currencyField, moneyField, statusField } from './fields.ts'

/** A line of a network's statement beside the sale that it pays for. */
export const StatementLines: CollectionConfig = {
  slug: 'statement-lines',
  admin: {
    group: 'Networks',
    useAsTitle: 'externalId',
    defaultColumns: ['externalId', 'statement', 'amountMinor', 'ourMinor', 'verdict', 'sale'],
  },
  defaultSort: 'number',
  lockDocuments: false,
  disableBulkEdit: true,
  disableBulkDelete: true,
  disableDuplicate: true,
  graphQL: { disableMutations: true },
  access: { create: nobody, read: staffOnly, update: nobody, delete: nobody },
  fields: [
    {
      name: 'statement',
      type: 'relationship',
      relationTo: 'network-statements',
      required: true,
      index: true,
    },
    { name: 'number', type: 'number', required: true },
    { name: 'externalId', type: 'text' },
    { name: 'orderId', type: 'text' },
    moneyField({ name: 'amountMinor', label: 'Theirs', min: -Number.MAX_SAFE_INTEGER }),
    moneyField({
      name: 'ourMinor',
      label: 'Ours',
      required: false,
      min: -Number.MAX_SAFE_INTEGER,
    }),
    currencyField(),
    statusField({
      name: 'verdict',
      options: ['matched', 'differs', 'not-approved', 'paid-before', 'unknown'],
    }),
    { name: 'sale', type: 'relationship', relationTo: 'network-transactions', index: true },
  ],
  indexes: [{ fields: ['statement', 'number'], unique: true }],
}
