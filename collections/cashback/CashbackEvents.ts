import type { CollectionConfig } from 'payload'

import { CASHBACK_STATUSES } from '../../src/domain/cashback/cashbackEvent.ts'
import { noOne, staffField, staffOrOwn } from '../access.ts'
import { currencyField, moneyField, percentField, statusField } from '../fields.ts'

/** The cashback of one network transaction: its status, its amount and the amount credited. */
export const CashbackEvents: CollectionConfig = {
  slug: 'cashback-events',
  admin: {
    group: 'Networks',
    defaultColumns: ['member', 'merchant', 'status', 'amountMinor', 'creditedMinor', 'trackedAt'],
    description: 'Follows its transaction. The wallet holds exactly the credited amount.',
  },
  defaultSort: '-trackedAt',
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
      name: 'transaction',
      type: 'relationship',
      relationTo: 'network-transactions',
      required: true,
      unique: true,
      access: { read: staffField },
    },
    {
      name: 'member',
      type: 'relationship',
      relationTo: 'users',
      required: true,
      index: true,
      maxDepth: 1,
    },
    { name: 'merchant', type: 'relationship', relationTo: 'merchants', index: true, maxDepth: 1 },
    { name: 'click', type: 'relationship', relationTo: 'clicks', maxDepth: 0 },
    statusField({ name: 'status', options: [...CASHBACK_STATUSES] }),
    moneyField({ name: 'amountMinor', label: 'Cashback' }),
    moneyField({ name: 'creditedMinor', label: 'Credited to the wallet', defaultValue: 0 }),
    currencyField(),
    {
      name: 'rateBasis',
      type: 'select',
      required: true,
      options: ['commission', 'sale'],
    },
    percentField({ name: 'rateBps', label: 'Rate', required: true }),
    {
      name: 'postings',
      type: 'number',
      required: true,
      defaultValue: 0,
      admin: { description: 'The number of transfers for it.' },
    },
    { name: 'autoApprovedAt', type: 'date', admin: { description: 'Approved by age.' } },
    moneyField({
      name: 'autoApproveCapMinor',
      label: 'Cap at approval by age',
      required: false,
      access: { read: staffField },
    }),
    moneyField({
      name: 'creditCeilingMinor',
      label: 'Credited at most',
      required: false,
      access: { read: staffField },
      admin: { description: 'Set while the credit from a file waits for a second person.' },
    }),
    statusField({
      name: 'hold',
      required: false,
      index: false,
      options: ['held', 'rejected'],
      access: { read: staffField },
      admin: {
        description: 'What is above the credit waits for a second person, or was rejected.',
      },
    }),
    { name: 'trackedAt', type: 'date', required: true, index: true },
    { name: 'approvedAt', type: 'date' },
    { name: 'endedAt', type: 'date' },
  ],
}
