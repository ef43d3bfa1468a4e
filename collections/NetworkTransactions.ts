import type { CollectionConfig } from 'payload'

import { SALE_STATUSES } from '../src/domain/sale.ts'
import { nobody, staffOnly } from './access.ts'
import { currencyField, moneyField, statusField } from './fields.ts'

/** Sales as networks report them; one row for each of theirs, holding what was last seen of it. */
export const NetworkTransactions: CollectionConfig = {
  slug: 'network-transactions',
  admin: {
    group: 'Networks',
    useAsTitle: 'externalId',
    defaultColumns: [
      'externalId',
      'network',
      'merchantName',
      'status',
      'commissionMinor',
      'member',
    ],
  },
  defaultSort: '-createdAt',
  lockDocuments: false,
  disableBulkEdit: true,
  disableBulkDelete: true,
  disableDuplicate: true,
  graphQL: { disableMutations: true },
  access: { create: nobody, read: staffOnly, update: nobody, delete: nobody },
  fields: [
    { name: 'network', type: 'relationship', relationTo: 'networks', required: true },
    { name: 'externalId', type: 'text', required: true },
    { name: 'isIdMade', type: 'checkbox', defaultValue: false },
    { name: 'orderId', type: 'text' },
    { name: 'returnOf', type: 'text' },
    {
      name: 'isReturnInferred',
      type: 'checkbox',
      defaultValue: false,
      admin: { description: 'The network names a click and no order; the order is our choice.' },
    },
    { name: 'subId', type: 'text' },
    { name: 'click', type: 'relationship', relationTo: 'clicks', index: true },
    {
      name: 'namedClick',
      type: 'relationship',
      relationTo: 'clicks',
      admin: {
        description: 'The click that the network names, where people gave the sale to another.',
        condition: (data) => Boolean(data.namedClick),
      },
    },
    { name: 'member', type: 'relationship', relationTo: 'users', index: true, maxDepth: 1 },
    { name: 'merchant', type: 'relationship', relationTo: 'merchants', maxDepth: 1 },
    { name: 'programId', type: 'text' },
    { name: 'merchantName', type: 'text' },
    statusField({ name: 'status', options: [...SALE_STATUSES] }),
    statusField({
      name: 'standingStatus',
      required: false,
      index: false,
      options: [...SALE_STATUSES],
      admin: {
        description: 'What was said last in a word that we know. Its money stands meanwhile.',
        condition: (data) => data.status === 'unknown',
      },
    }),
    { name: 'rawStatus', type: 'text', required: true },
    moneyField({
      name: 'saleMinor',
      label: 'Sale',
      required: false,
      min: -Number.MAX_SAFE_INTEGER,
    }),
    moneyField({ name: 'commissionMinor', label: 'Commission', min: -Number.MAX_SAFE_INTEGER }),
    currencyField(),
    { name: 'eventAt', type: 'date', required: true, index: true },
    { name: 'clickedAt', type: 'date' },
    { name: 'changedAt', type: 'date' },
    { name: 'observedAt', type: 'date', required: true },
    { name: 'contentHash', type: 'text', required: true },
    { name: 'comment', type: 'text' },
    {
      name: 'isHint',
      type: 'checkbox',
      defaultValue: false,
      admin: { description: 'Known from a postback alone: whatever the API says replaces it.' },
    },
    statusField({
      name: 'hintStatus',
      required: false,
      index: false,
      options: [...SALE_STATUSES],
      admin: { description: 'What a postback said; the API decides.' },
    }),
    { name: 'hintAt', type: 'date' },
    { name: 'page', type: 'relationship', relationTo: 'network-pages' },
    {
      name: 'paidAt',
      type: 'date',
      admin: { description: 'When a statement of the network said that it pays for it.' },
    },
    moneyField({
      name: 'paidMinor',
      label: 'Paid by the network',
      required: false,
      min: -Number.MAX_SAFE_INTEGER,
    }),
  ],
  indexes: [
    { fields: ['network', 'externalId'], unique: true },
    { fields: ['network', 'orderId'] },
  ],
}
