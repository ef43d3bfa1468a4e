import type { CollectionConfig } from 'payload'

import { CASHBACK_STATUSES } from '../src/domain/cashbackEvent.ts'
import { nobody, staffField, staffOrOwn } from './access.ts'
import { currencyField, moneyField, percentField, statusField } from './fields.ts'

/** What a member gets for one order, how far it is, and what of it is in the wallet. */
export const CashbackEvents: CollectionConfig = {
  slug: 'cashback-events',
  admin: {
    group: 'Networks',
    defaultColumns: ['member', 'merchant', 'status', 'amountMinor', 'creditedMinor', 'trackedAt'],
    description: 'Follows its sale. The wallet holds what is credited, to the paisa.',
  },
  defaultSort: '-trackedAt',
  lockDocuments: false,
  disableBulkEdit: true,
  disableBulkDelete: true,
  disableDuplicate: true,
  graphQL: { disableMutations: true },
  access: {
    create: nobody,
    read: staffOrOwn((memberId) => ({ member: { equals: memberId } })),
    update: nobody,
    delete: nobody,
  },
  fields: [
    {
      name: 'sale',
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
    moneyField({ name: 'creditedMinor', label: 'In the wallet', defaultValue: 0 }),
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
      admin: { description: 'How often money moved for it.' },
    },
    { name: 'grantedAt', type: 'date', admin: { description: 'Approved by age.' } },
    moneyField({
      name: 'grantCapMinor',
      label: 'Cap of the approval by age',
      required: false,
      access: { read: staffField },
    }),
    { name: 'trackedAt', type: 'date', required: true, index: true },
    { name: 'approvedAt', type: 'date' },
    { name: 'endedAt', type: 'date' },
  ],
}
