import type { CollectionConfig } from 'payload'

import { TRANSACTION_STATUSES } from '../../src/domain/cashback/transaction.ts'
import { noOne, staffOnly } from '../access.ts'
import { currencyField, moneyField, statusField } from '../fields.ts'

/** Transactions as networks report them: one row each, with its last observation. */
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
  access: { create: noOne, read: staffOnly, update: noOne, delete: noOne },
  fields: [
    { name: 'network', type: 'relationship', relationTo: 'networks', required: true },
    { name: 'externalId', type: 'text', required: true },
    { name: 'isIdGenerated', type: 'checkbox', defaultValue: false },
    { name: 'orderId', type: 'text' },
    { name: 'reversalOf', type: 'text' },
    {
      name: 'isReversalInferred',
      type: 'checkbox',
      defaultValue: false,
      admin: {
        description: 'The network reported a click and no order. The order was matched by us.',
      },
    },
    { name: 'subId', type: 'text' },
    { name: 'click', type: 'relationship', relationTo: 'clicks', index: true },
    {
      name: 'reportedClick',
      type: 'relationship',
      relationTo: 'clicks',
      admin: {
        description:
          'The click that the network reported, if a person assigned the transaction by another click.',
        condition: (data) => Boolean(data.reportedClick),
      },
    },
    { name: 'member', type: 'relationship', relationTo: 'users', index: true, maxDepth: 1 },
    { name: 'merchant', type: 'relationship', relationTo: 'merchants', maxDepth: 1 },
    { name: 'programId', type: 'text' },
    { name: 'merchantName', type: 'text' },
    statusField({ name: 'status', options: [...TRANSACTION_STATUSES] }),
    statusField({
      name: 'lastKnownStatus',
      required: false,
      index: false,
      options: [...TRANSACTION_STATUSES],
      admin: {
        description:
          'The latest status that the adapter knows. It decides the money while the status is unknown.',
        condition: (data) => data.status === 'unknown',
      },
    }),
    { name: 'rawStatus', type: 'text', required: true },
    moneyField({
      name: 'saleMinor',
      label: 'Sale amount',
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
      name: 'isProvisional',
      type: 'checkbox',
      defaultValue: false,
      admin: { description: 'Reported by a postback only. The network’s API replaces it.' },
    },
    statusField({
      name: 'provisionalStatus',
      required: false,
      index: false,
      options: [...TRANSACTION_STATUSES],
      admin: { description: 'The status of a postback. The network’s API decides.' },
    }),
    { name: 'provisionalAt', type: 'date' },
    {
      name: 'isAccepted',
      type: 'checkbox',
      defaultValue: false,
      admin: {
        description:
          'A postback of a trusted network moved its money, and the network’s API has not reported it since.',
      },
    },
    { name: 'acceptedAt', type: 'date' },
    moneyField({
      name: 'acceptedMinor',
      label: 'Credited by a postback',
      required: false,
    }),
    {
      name: 'withdrawnAt',
      type: 'date',
      admin: {
        description:
          'When its credit by a postback was taken back, because the network’s API does not list it.',
      },
    },
    { name: 'page', type: 'relationship', relationTo: 'network-pages' },
    {
      name: 'paidAt',
      type: 'date',
      admin: { description: 'The payment day of the network’s statement that pays for it.' },
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
