import type { CollectionConfig } from 'payload'

import { METHOD_KINDS } from '../../src/domain/payouts/methodKinds.ts'
import { WITHDRAWAL_STATUSES } from '../../src/domain/payouts/withdrawalStates.ts'
import { staffField, staffOrOwn } from '../access.ts'
import { currencyField, moneyField, statusField } from '../fields.ts'
import { personField, readOnly, writtenBySql } from './shared.ts'

/**
 * Members’ requests to be paid. The gross amount is held from the request on; what the member
 * receives is the gross amount less fee and deduction, and is fixed by the request. Facts never
 * change, and a trigger allows the transitions of `withdrawalStates` only.
 */
export const Withdrawals: CollectionConfig = {
  slug: 'withdrawals',
  admin: {
    group: 'Withdrawals',
    useAsTitle: 'reference',
    defaultColumns: [
      'reference',
      'member',
      'grossMinor',
      'netMinor',
      'methodKind',
      'status',
      'createdAt',
    ],
  },
  ...writtenBySql,
  access: { ...readOnly, read: staffOrOwn((memberId) => ({ member: { equals: memberId } })) },
  fields: [
    { name: 'reference', type: 'text', required: true, unique: true },
    personField('member', { required: true, index: true }),
    {
      name: 'method',
      type: 'relationship',
      relationTo: 'payout-methods',
      required: true,
      index: true,
      maxDepth: 1,
    },
    statusField({ name: 'methodKind', label: 'Method', options: [...METHOD_KINDS] }),
    { name: 'driver', type: 'text', required: true, access: { read: staffField } },
    { name: 'bankProfile', type: 'text', access: { read: staffField } },
    statusField({ name: 'status', defaultValue: 'requested', options: [...WITHDRAWAL_STATUSES] }),
    moneyField({ name: 'grossMinor', label: 'Gross' }),
    moneyField({ name: 'feeMinor', label: 'Fee' }),
    moneyField({ name: 'deductionMinor', label: 'Deduction' }),
    moneyField({
      name: 'netMinor',
      label: 'Net',
      admin: { description: 'What the member receives.' },
    }),
    moneyField({
      name: 'platformFeeMinor',
      label: 'Fee borne by us',
      access: { read: staffField },
    }),
    currencyField(),
    {
      name: 'quote',
      type: 'json',
      access: { read: staffField },
      admin: { description: 'The rule, deductions and facts that decided fee, net and approvals.' },
    },
    {
      name: 'taxId',
      type: 'relationship',
      relationTo: 'tax-ids',
      maxDepth: 0,
      access: { read: staffField },
    },
    { name: 'approvalsNeeded', type: 'number', required: true, access: { read: staffField } },
    { name: 'round', type: 'number', required: true, access: { read: staffField } },
    { name: 'isAutoApproved', type: 'checkbox', defaultValue: false, access: { read: staffField } },
    { name: 'approvedAt', type: 'date' },
    {
      name: 'reason',
      type: 'text',
      admin: { description: 'Why it was rejected, failed, returned or is on hold.' },
    },
    { name: 'advice', type: 'text', admin: { description: 'What the member can do.' } },
    personField('heldBy', { access: { read: staffField } }),
    personField('holdOwner', { access: { read: staffField } }),
    personField('holdLiftedBy', { access: { read: staffField } }),
    { name: 'holdUntil', label: 'Next date of the hold', type: 'date' },
    { name: 'attemptCount', type: 'number', required: true, access: { read: staffField } },
    { name: 'nextAttemptAt', type: 'date', access: { read: staffField } },
    {
      name: 'isPaidLate',
      type: 'checkbox',
      defaultValue: false,
      access: { read: staffField },
      admin: {
        description:
          'The provider says that an attempt was paid whose money went back. A person answers it.',
      },
    },
    { name: 'bankReference', type: 'text' },
    { name: 'sentAt', type: 'date' },
    { name: 'endedAt', type: 'date' },
    { name: 'returnedAt', type: 'date' },
  ],
}
