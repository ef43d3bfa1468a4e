import type { CollectionConfig } from 'payload'

import { noOne, staffOnly } from '../access.ts'
import { currencyField, moneyField, statusField } from '../fields.ts'

/**
 * The growth of one order's credit that people caused, by a file or by an assignment that grew:
 * held until it is decided, and counted in the limits of a day when it is released.
 */
export const HeldCredits: CollectionConfig = {
  slug: 'held-credits',
  admin: {
    group: 'Networks',
    defaultColumns: ['transaction', 'member', 'amountMinor', 'status', 'fileImport', 'createdAt'],
  },
  defaultSort: '-createdAt',
  lockDocuments: false,
  disableBulkEdit: true,
  disableBulkDelete: true,
  disableDuplicate: true,
  graphQL: { disableMutations: true },
  access: { create: noOne, read: staffOnly, update: noOne, delete: noOne },
  fields: [
    {
      name: 'fileImport',
      type: 'relationship',
      relationTo: 'file-imports',
      index: true,
      maxDepth: 0,
    },
    {
      name: 'assignment',
      type: 'relationship',
      relationTo: 'transaction-assignments',
      index: true,
      maxDepth: 0,
    },
    {
      name: 'transaction',
      type: 'relationship',
      relationTo: 'network-transactions',
      required: true,
      index: true,
      maxDepth: 1,
    },
    {
      name: 'member',
      type: 'relationship',
      relationTo: 'users',
      required: true,
      index: true,
      maxDepth: 1,
    },
    { name: 'requestedBy', type: 'relationship', relationTo: 'users', index: true, maxDepth: 1 },
    moneyField({ name: 'fromMinor', label: 'Credited before' }),
    moneyField({ name: 'toMinor', label: 'To be credited' }),
    moneyField({ name: 'amountMinor', label: 'Growth' }),
    currencyField(),
    statusField({
      name: 'status',
      defaultValue: 'held',
      options: ['held', 'released', 'rejected', 'superseded'],
    }),
    { name: 'decidedAt', type: 'date' },
  ],
}
