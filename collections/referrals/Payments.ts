import type { CollectionConfig } from 'payload'

import { rejectPartialBulk } from '../../hooks/system/rejectPartialBulk.ts'
import { guardPayment } from '../../hooks/referrals/guardPayment.ts'
import { lockDocument } from '../../hooks/system/lockDocument.ts'
import { dropSelect } from '../../hooks/system/dropSelect.ts'
import { derived, machineOnly, noOne, staffOrOwn } from '../access.ts'
import { currencyField, moneyField, statusField } from '../fields.ts'

/**
 * Money received from a member, as a machine reports it: a person who posted one would pay a
 * commission alone. The rest of the product reacts to the status `completed`. Plugins attach these
 * reactions, so this file is a plain record.
 */
export const Payments: CollectionConfig = {
  slug: 'payments',
  admin: {
    group: 'Referrals',
    useAsTitle: 'reference',
    defaultColumns: ['reference', 'user', 'amountMinor', 'status', 'completedAt'],
    description:
      'Posted by machines only. Completing a payment decides its commission at once, and once only.',
  },
  lockDocuments: false,
  disableBulkEdit: true,
  disableBulkDelete: true,
  disableDuplicate: true,
  access: {
    create: machineOnly('payments:write'),
    read: staffOrOwn((memberId) => ({ user: { equals: memberId } }), 'payments:write'),
    update: machineOnly('payments:write'),
    delete: noOne,
  },
  fields: [
    {
      name: 'reference',
      type: 'text',
      required: true,
      unique: true,
      maxLength: 200,
      admin: { description: 'The sender’s own number of the payment. Unique.' },
    },
    {
      name: 'user',
      label: 'Payer',
      type: 'relationship',
      relationTo: 'users',
      required: true,
      index: true,
      maxDepth: 1,
    },
    moneyField({ name: 'amountMinor', label: 'Amount', min: 1 }),
    currencyField({ defaultValue: 'INR' }),
    statusField({
      name: 'status',
      defaultValue: 'pending',
      options: ['pending', 'completed', 'failed'],
      admin: { position: 'sidebar' },
    }),
    moneyField({
      name: 'refundedMinor',
      label: 'Refunded',
      required: false,
      defaultValue: 0,
      access: derived,
      admin: { readOnly: true, position: 'sidebar' },
    }),
    {
      name: 'completedAt',
      type: 'date',
      access: derived,
      admin: { readOnly: true, position: 'sidebar', date: { pickerAppearance: 'dayAndTime' } },
    },
  ],
  hooks: {
    beforeOperation: [dropSelect, lockDocument],
    beforeChange: [guardPayment],
    afterOperation: [rejectPartialBulk],
  },
}
