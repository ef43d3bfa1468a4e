import type { CollectionConfig } from 'payload'

import { derived, noOne, staffField, staffOrOwn } from '../access.ts'
import { currencyField, moneyField, statusField } from '../fields.ts'

/**
 * Members' claims for missing orders. An order of a merchant has at most one claim that is open or
 * accepted. An accepted claim assigned a transaction to the member; the member reads the answer.
 */
export const CashbackClaims: CollectionConfig = {
  slug: 'cashback-claims',
  labels: { singular: 'Claim', plural: 'Claims' },
  admin: {
    group: 'Networks',
    useAsTitle: 'orderNumber',
    defaultColumns: ['orderNumber', 'merchant', 'member', 'saleMinor', 'status', 'createdAt'],
  },
  defaultSort: '-createdAt',
  lockDocuments: false,
  disableBulkEdit: true,
  disableBulkDelete: true,
  disableDuplicate: true,
  graphQL: { disableMutations: true },
  access: {
    create: noOne,
    read: staffOrOwn((memberId) => ({ member: { equals: memberId } })),
    update: noOne,
    delete: noOne,
  },
  fields: [
    {
      name: 'member',
      type: 'relationship',
      relationTo: 'users',
      required: true,
      index: true,
      maxDepth: 1,
    },
    {
      name: 'merchant',
      type: 'relationship',
      relationTo: 'merchants',
      required: true,
      maxDepth: 1,
    },
    { name: 'click', type: 'relationship', relationTo: 'clicks', maxDepth: 0 },
    { name: 'orderNumber', type: 'text', required: true, maxLength: 100 },
    {
      // Null after a rejection, so that the order can be claimed again.
      name: 'orderKey',
      type: 'text',
      hidden: true,
      access: { read: noOne, ...derived },
    },
    { name: 'orderedAt', type: 'date', required: true },
    moneyField({ name: 'saleMinor', label: 'Sale amount' }),
    currencyField(),
    { name: 'comment', type: 'textarea', maxLength: 1_000 },
    {
      name: 'files',
      type: 'relationship',
      relationTo: 'claim-files',
      hasMany: true,
      maxRows: 5,
      maxDepth: 1,
    },
    statusField({
      name: 'status',
      defaultValue: 'open',
      options: ['open', 'accepted', 'rejected'],
    }),
    { name: 'answer', type: 'textarea', maxLength: 500 },
    {
      name: 'transaction',
      type: 'relationship',
      relationTo: 'network-transactions',
      maxDepth: 1,
      access: { read: staffField },
    },
    {
      name: 'decidedBy',
      type: 'relationship',
      relationTo: 'users',
      maxDepth: 1,
      access: { read: staffField },
    },
    { name: 'decidedAt', type: 'date' },
  ],
  // One of each member: an order number that a stranger claimed does not block its buyer.
  indexes: [{ fields: ['merchant', 'orderKey', 'member'], unique: true }],
}
