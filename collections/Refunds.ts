import type { CollectionConfig } from 'payload'

import { guardRefund } from '../hooks/guardRefund.ts'
import { wholeDocument } from '../hooks/wholeDocument.ts'
import { adminOrScope, nobody, staffOrOwn } from './access.ts'
import { moneyField } from './fields.ts'

/**
 * Money given back for a completed payment, in part or whole, once or in several rows. A row is
 * never changed: what was refunded wrongly is a matter of a new payment.
 */
export const Refunds: CollectionConfig = {
  slug: 'refunds',
  admin: {
    group: 'Referrals',
    useAsTitle: 'reference',
    defaultColumns: ['reference', 'payment', 'amountMinor', 'reason', 'createdAt'],
    description: 'Takes the commission back in proportion, at the commission’s own terms.',
  },
  lockDocuments: false,
  disableBulkEdit: true,
  disableBulkDelete: true,
  disableDuplicate: true,
  access: {
    create: adminOrScope('refunds:write'),
    read: staffOrOwn((memberId) => ({ 'payment.user': { equals: memberId } }), 'refunds:write'),
    update: nobody,
    delete: nobody,
  },
  fields: [
    {
      name: 'reference',
      type: 'text',
      required: true,
      unique: true,
      maxLength: 200,
      admin: { description: 'The shop’s own number of the refund. Unique.' },
    },
    {
      name: 'payment',
      type: 'relationship',
      relationTo: 'payments',
      required: true,
      index: true,
      maxDepth: 1,
    },
    moneyField({ name: 'amountMinor', label: 'Amount', min: 1 }),
    {
      name: 'currency',
      type: 'text',
      access: { create: nobody, update: nobody },
      admin: { readOnly: true, description: 'That of the payment.' },
    },
    { name: 'reason', type: 'text', maxLength: 500 },
  ],
  hooks: { beforeOperation: [wholeDocument], beforeChange: [guardRefund] },
}
