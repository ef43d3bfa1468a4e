import type { CollectionConfig } from 'payload'

import { noOne, staffOnly } from '../access.ts'
import { currencyField, moneyField, statusField } from '../fields.ts'

/**
 * Assignments of unattributed transactions to members, with the evidence and the people who
 * decided. Above the limit of `finance-config` a second person decides. Only a decision changes a
 * row.
 */
export const TransactionAssignments: CollectionConfig = {
  slug: 'transaction-assignments',
  admin: {
    group: 'Networks',
    defaultColumns: ['transaction', 'member', 'amountMinor', 'status', 'requestedBy', 'createdAt'],
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
    { name: 'click', type: 'relationship', relationTo: 'clicks', maxDepth: 0 },
    { name: 'claim', type: 'relationship', relationTo: 'cashback-claims', maxDepth: 0 },
    moneyField({ name: 'amountMinor', label: 'Expected cashback' }),
    moneyField({
      name: 'seenMinor',
      label: 'Cashback that people have seen',
      defaultValue: 0,
      admin: { description: 'More than this is judged again.' },
    }),
    moneyField({
      name: 'refusedMinor',
      label: 'Growth that was rejected',
      required: false,
      admin: { description: 'Up to this amount the growth is not asked for again.' },
    }),
    currencyField(),
    { name: 'score', type: 'number', admin: { description: 'Empty: no evidence.' } },
    {
      name: 'reasons',
      type: 'json',
      admin: { description: 'The evidence, each with its points.' },
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
