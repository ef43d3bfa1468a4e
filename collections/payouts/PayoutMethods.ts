import type { CollectionConfig } from 'payload'

import { METHOD_KINDS } from '../../src/domain/payouts/methodKinds.ts'
import { staffField, staffOrOwn } from '../access.ts'
import { statusField } from '../fields.ts'
import { hiddenText, personField, readOnly, writtenBySql } from './shared.ts'

/**
 * Where members want their money: an account, of which only a masked form is readable. The number is
 * encrypted, and a fingerprint finds one account under several members. A changed account is a new
 * method; the old one is removed and stays with its withdrawals.
 */
export const PayoutMethods: CollectionConfig = {
  slug: 'payout-methods',
  admin: {
    group: 'Withdrawals',
    useAsTitle: 'display',
    defaultColumns: ['member', 'kind', 'display', 'holderName', 'nameMatch', 'status', 'createdAt'],
    description: 'Members add and confirm their methods. Numbers are encrypted.',
  },
  ...writtenBySql,
  access: { ...readOnly, read: staffOrOwn((memberId) => ({ member: { equals: memberId } })) },
  fields: [
    personField('member', { required: true, index: true }),
    statusField({ name: 'kind', options: [...METHOD_KINDS] }),
    {
      name: 'display',
      type: 'text',
      required: true,
      admin: { description: 'The masked form, such as •••• 1234.' },
    },
    { name: 'holderName', label: 'Name on the account', type: 'text', required: true },
    statusField({
      name: 'nameMatch',
      options: ['match', 'partial', 'mismatch', 'unknown'],
      access: { read: staffField },
      admin: { description: 'The name on the account compared with the member’s.' },
    }),
    { name: 'bankCode', label: 'IFSC or BIC', type: 'text' },
    { name: 'bankName', type: 'text' },
    { name: 'product', label: 'Gift card', type: 'text' },
    statusField({ name: 'status', options: ['unverified', 'active', 'removed'] }),
    {
      name: 'verifiedBy',
      type: 'text',
      admin: {
        description: 'How the member confirmed it: by a code to the phone or the e-mail address.',
      },
    },
    { name: 'verifiedAt', type: 'date' },
    {
      name: 'usableFrom',
      type: 'date',
      admin: { description: 'Until then it cools off: an intruder’s new account gets nothing.' },
    },
    { name: 'removedAt', type: 'date' },
    hiddenText('fingerprint', { index: true }),
    hiddenText('sealed'),
  ],
}
