import type { CollectionConfig } from 'payload'

import { allOrNothing } from '../hooks/allOrNothing.ts'
import { guardPayment } from '../hooks/guardPayment.ts'
import { lockDocument } from '../hooks/lockDocument.ts'
import { wholeDocument } from '../hooks/wholeDocument.ts'
import { adminOrScope, derived, nobody, staffOrOwn } from './access.ts'
import { currencyField, moneyField, statusField } from './fields.ts'

/**
 * Money received from a member. Reaching `completed` is the event the rest of the product reacts
 * to; those reactions are attached by plugins, so this file stays a plain record.
 */
export const Payments: CollectionConfig = {
  slug: 'payments',
  admin: {
    group: 'Referrals',
    useAsTitle: 'reference',
    defaultColumns: ['reference', 'user', 'amountMinor', 'status', 'completedAt'],
    description: 'Completing a payment decides its commission at once, and once only.',
  },
  lockDocuments: false,
  disableBulkEdit: true,
  disableBulkDelete: true,
  disableDuplicate: true,
  access: {
    create: adminOrScope('payments:write'),
    read: staffOrOwn((memberId) => ({ user: { equals: memberId } }), 'payments:write'),
    update: adminOrScope('payments:write'),
    delete: nobody,
  },
  fields: [
    {
      name: 'reference',
      type: 'text',
      required: true,
      unique: true,
      maxLength: 200,
      admin: { description: 'The shop’s own number of the payment. Unique.' },
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
    beforeOperation: [wholeDocument, lockDocument],
    beforeChange: [guardPayment],
    afterOperation: [allOrNothing],
  },
}
