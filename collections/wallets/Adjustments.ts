import type { CollectionConfig, Where } from 'payload'

import { guardAdjustment } from '../../hooks/wallets/guardAdjustment.ts'
import { dropSelect } from '../../hooks/system/dropSelect.ts'
import { derived, financeOnly, noOne, staffOrOwn } from '../access.ts'
import { currencyField, moneyField, statusField } from '../fields.ts'

/**
 * A correction of a member's wallet with its reason: a person can move money only by this. Above
 * the limit of `finance-config` a second person confirms it. A `rebuild`, which sets a wrong
 * balance to the sum of the wallet's transfers, always needs two. A row is never changed, only
 * decided.
 */
export const Adjustments: CollectionConfig = {
  slug: 'adjustments',
  admin: {
    group: 'Money',
    defaultColumns: ['member', 'effect', 'amountMinor', 'status', 'reason', 'createdAt'],
    description: 'Posts a transfer. Above the limit a second person confirms it first.',
  },
  lockDocuments: false,
  disableBulkEdit: true,
  disableBulkDelete: true,
  disableDuplicate: true,
  access: {
    create: financeOnly,
    read: staffOrOwn((memberId): Where => ({
      and: [{ member: { equals: memberId } }, { status: { equals: 'posted' } }],
    })),
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
    statusField({
      name: 'effect',
      defaultValue: 'credit',
      options: ['credit', 'debit', 'rebuild'],
    }),
    moneyField({
      name: 'amountMinor',
      label: 'Amount',
      min: 0,
      defaultValue: 0,
      admin: { condition: (data) => data.effect !== 'rebuild' },
    }),
    currencyField({ defaultValue: 'INR' }),
    { name: 'reason', type: 'textarea', required: true, minLength: 5, maxLength: 500 },
    statusField({
      name: 'status',
      defaultValue: 'pending',
      options: ['pending', 'posted', 'rejected'],
      access: derived,
      admin: { position: 'sidebar', readOnly: true },
    }),
    ...(['requestedBy', 'decidedBy'] as const).map((name) => ({
      name,
      type: 'relationship' as const,
      relationTo: 'users' as const,
      maxDepth: 1,
      access: derived,
      admin: { position: 'sidebar' as const, readOnly: true },
    })),
    {
      name: 'decidedAt',
      type: 'date',
      access: derived,
      admin: { position: 'sidebar', readOnly: true },
    },
  ],
  hooks: { beforeOperation: [dropSelect], beforeChange: [guardAdjustment] },
}
