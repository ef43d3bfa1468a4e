import type { CollectionConfig } from 'payload'

import { noOne, staffOnly } from '../access.ts'
import { currencyField, moneyField, statusField } from '../fields.ts'

/** The lines of networks' statements, each with the transaction that it pays for. */
export const StatementLines: CollectionConfig = {
  slug: 'statement-lines',
  admin: {
    group: 'Networks',
    useAsTitle: 'externalId',
    defaultColumns: ['externalId', 'statement', 'amountMinor', 'ourMinor', 'result', 'transaction'],
  },
  defaultSort: 'number',
  lockDocuments: false,
  disableBulkEdit: true,
  disableBulkDelete: true,
  disableDuplicate: true,
  graphQL: { disableMutations: true },
  access: { create: noOne, read: staffOnly, update: noOne, delete: noOne },
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
    moneyField({ name: 'amountMinor', label: 'Paid', min: -Number.MAX_SAFE_INTEGER }),
    moneyField({
      name: 'ourMinor',
      label: 'By our books',
      required: false,
      min: -Number.MAX_SAFE_INTEGER,
    }),
    currencyField(),
    statusField({
      name: 'result',
      options: ['matched', 'differs', 'not-approved', 'paid-before', 'unknown'],
    }),
    { name: 'transaction', type: 'relationship', relationTo: 'network-transactions', index: true },
  ],
  indexes: [{ fields: ['statement', 'number'], unique: true }],
}
