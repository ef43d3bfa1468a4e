import type { CollectionConfig } from 'payload'

import { nobody, staffOnly } from './access.ts'
import { currencyField, moneyField, statusField } from './fields.ts'

/**
 * A sale that came without a click, given to a member: by whom, and what spoke for it. Above the
 * limit of `finance-config` a second person confirms it. A row is never changed, only decided.
 */
export const SaleAssignments: CollectionConfig = {
  slug: 'sale-assignments',
  admin: {
    group: 'Networks',
    defaultColumns: ['sale', 'member', 'amountMinor', 'status', 'requestedBy', 'createdAt'],
  },
  defaultSort: '-createdAt',
  lockDocuments: false,
  disableBulkEdit: true,
  disableBulkDelete: true,
  disableDuplicate: true,
  graphQL: { disableMutations: true },
  access: { create: nobody, read: staffOnly, update: nobody, delete: nobody },
  fields: [
    {
      name: 'sale',
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
    { name: 'click', type: 'relationship', relationTo: 'clicks', maxDepth: 0 },
    { name: 'claim', type: 'relationship', relationTo: 'cashback-claims', maxDepth: 0 },
    moneyField({ name: 'amountMinor', label: 'Cashback, as it looks now' }),
    currencyField(),
    { name: 'score', type: 'number', admin: { description: 'Empty: nothing suggested it.' } },
    {
      name: 'reasons',
      type: 'json',
      admin: { description: 'What spoke for it, each with its points.' },
    },
    { name: 'note', type: 'text', maxLength: 500 },
    statusField({
      name: 'status',
      defaultValue: 'pending',
      options: ['pending', 'applied', 'rejected'],
    }),
    { name: 'requestedBy', type: 'relationship', relationTo: 'users', maxDepth: 1 },
    { name: 'decidedBy', type: 'relationship', relationTo: 'users', maxDepth: 1 },
    { name: 'decidedAt', type: 'date' },
  ],
}
