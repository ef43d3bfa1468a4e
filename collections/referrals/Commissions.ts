import type { CollectionConfig } from 'payload'

import { SKIP_REASONS } from '../../src/domain/referrals/commission.ts'
import { noOne, staffField, staffOrOwn } from '../access.ts'
import { currencyField, moneyField, percentField, statusField } from '../fields.ts'

/**
 * The decision on every completed payment: the award and its rule, or the reason why there is none.
 * One row per payment, written together with it and never re-priced.
 */
export const Commissions: CollectionConfig = {
  slug: 'commissions',
  admin: {
    group: 'Referrals',
    defaultColumns: ['payment', 'referrer', 'status', 'reason', 'amountMinor', 'decidedAt'],
    description: 'Every completed payment has one decision here, also when it earned nothing.',
  },
  defaultSort: '-decidedAt',
  lockDocuments: false,
  disableBulkEdit: true,
  disableBulkDelete: true,
  disableDuplicate: true,
  graphQL: { disableMutations: true },
  access: {
    create: noOne,
    read: staffOrOwn((memberId) => ({ referrer: { equals: memberId } })),
    update: noOne,
    delete: noOne,
  },
  fields: [
    {
      name: 'payment',
      type: 'relationship',
      relationTo: 'payments',
      required: true,
      unique: true,
      maxDepth: 1,
    },
    {
      name: 'payer',
      type: 'relationship',
      relationTo: 'users',
      required: true,
      index: true,
      maxDepth: 1,
      access: { read: staffField },
    },
    { name: 'referrer', type: 'relationship', relationTo: 'users', index: true, maxDepth: 1 },
    statusField({
      name: 'status',
      options: ['held', 'awarded', 'partly-reversed', 'reversed', 'cancelled', 'skipped'],
    }),
    {
      name: 'reason',
      type: 'text',
      index: true,
      validate: (value: unknown) =>
        value === null ||
        value === undefined ||
        SKIP_REASONS.some((reason) => reason === value) ||
        'Not a reason for skipping.',
    },
    percentField({ name: 'rateBps', label: 'Rate', required: true }),
    moneyField({ name: 'baseMinor', label: 'Base' }),
    moneyField({ name: 'amountMinor', label: 'Commission' }),
    moneyField({ name: 'reversedMinor', label: 'Taken back', defaultValue: 0 }),
    currencyField(),
    {
      name: 'isFirst',
      type: 'checkbox',
      admin: { description: 'Decided while only the first payment earned.' },
    },
    { name: 'rule', type: 'json', required: true, access: { read: staffField } },
    { name: 'checks', type: 'json', required: true, access: { read: staffField } },
    { name: 'holdUntil', type: 'date', index: true },
    { name: 'decidedAt', type: 'date', required: true, index: true },
  ],
}
