import type { CollectionConfig } from 'payload'

import { guardRefund } from '../../hooks/referrals/guardRefund.ts'
import { dropSelect } from '../../hooks/system/dropSelect.ts'
import { machineOnly, noOne, staffOrOwn } from '../access.ts'
import { moneyField } from '../fields.ts'

/**
 * Money returned for a completed payment, in part or in whole, in one or several rows, as a machine
 * reports it. A row is never changed: a wrong refund is corrected by a new payment, which earns as
 * the refunded one did, also while only the first payment earns (`CommissionFacts.earlierAwards`).
 */
export const Refunds: CollectionConfig = {
  slug: 'refunds',
  admin: {
    group: 'Referrals',
    useAsTitle: 'reference',
    defaultColumns: ['reference', 'payment', 'amountMinor', 'reason', 'createdAt'],
    description:
      'Posted by machines only. Takes the commission back in proportion, at the commission’s own terms.',
  },
  lockDocuments: false,
  disableBulkEdit: true,
  disableBulkDelete: true,
  disableDuplicate: true,
  access: {
    create: machineOnly('refunds:write'),
    read: staffOrOwn((memberId) => ({ 'payment.user': { equals: memberId } }), 'refunds:write'),
    update: noOne,
    delete: noOne,
  },
  fields: [
    {
      name: 'reference',
      type: 'text',
      required: true,
      unique: true,
      maxLength: 200,
      admin: { description: 'The sender’s own number of the refund. Unique.' },
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
      access: { create: noOne, update: noOne },
      admin: { readOnly: true, description: 'That of the payment.' },
    },
    { name: 'reason', type: 'text', maxLength: 500 },
  ],
  hooks: { beforeOperation: [dropSelect], beforeChange: [guardRefund] },
}
