import type { CollectionConfig } from 'payload'

import { ATTEMPT_STATUSES } from '../../src/domain/payouts/attemptStates.ts'
import { staffOnly } from '../access.ts'
import { currencyField, moneyField, statusField } from '../fields.ts'
import { hiddenText, personField, readOnly, writtenBySql } from './shared.ts'

/**
 * One try to pay a withdrawal, with a key and a debit of its own. It is stored before the provider is
 * called, and looked up before it is repeated.
 */
export const PayoutAttempts: CollectionConfig = {
  slug: 'payout-attempts',
  admin: {
    group: 'Withdrawals',
    useAsTitle: 'key',
    defaultColumns: ['key', 'withdrawal', 'driver', 'amountMinor', 'status', 'code', 'createdAt'],
  },
  ...writtenBySql,
  access: { ...readOnly, read: staffOnly },
  fields: [
    {
      name: 'withdrawal',
      type: 'relationship',
      relationTo: 'withdrawals',
      required: true,
      index: true,
      maxDepth: 1,
    },
    { name: 'number', type: 'number', required: true },
    { name: 'key', type: 'text', required: true, unique: true },
    { name: 'driver', type: 'text', required: true },
    { name: 'batch', type: 'relationship', relationTo: 'payout-batches', index: true, maxDepth: 1 },
    moneyField({ name: 'amountMinor', label: 'Amount' }),
    currencyField(),
    statusField({ name: 'status', options: [...ATTEMPT_STATUSES] }),
    { name: 'providerId', type: 'text', index: true },
    { name: 'bankReference', type: 'text' },
    { name: 'code', type: 'text' },
    { name: 'detail', type: 'text' },
    { name: 'remedy', type: 'text' },
    moneyField({ name: 'providerFeeMinor', label: 'Provider’s fee', required: false }),
    { name: 'sentAt', type: 'date' },
    { name: 'inDoubtSince', type: 'date' },
    { name: 'settledAt', type: 'date' },
    { name: 'failedAt', type: 'date' },
    { name: 'returnedAt', type: 'date' },
    { name: 'nextLookAt', type: 'date' },
    { name: 'lookCount', type: 'number', required: true },
    { name: 'leaseUntil', type: 'date' },
    {
      name: 'lateStatus',
      type: 'text',
      index: true,
      admin: {
        description: 'open: paid after its money went back. paid or not-paid: what a person found.',
      },
    },
    { name: 'lateAt', type: 'date' },
    personField('lateAnsweredBy'),
    { name: 'lateReason', type: 'text' },
    hiddenText('leaseToken'),
    hiddenText('sealedCards'),
  ],
}
