import type { CollectionConfig } from 'payload'

import { normaliseAddress } from '../../hooks/messaging/normaliseAddress.ts'
import { adminOnly, noOne, staffOnly } from '../access.ts'

/** Addresses that must not receive messages: bounce, complaint or opt-out. Unique per channel. */
export const Suppressions: CollectionConfig = {
  slug: 'suppressions',
  admin: {
    group: 'Operations',
    useAsTitle: 'address',
    defaultColumns: ['address', 'channel', 'reason', 'provider', 'createdAt'],
    description:
      'Nothing is sent to these addresses. After an opt-out, codes and resets are still sent.',
  },
  lockDocuments: false,
  disableBulkEdit: true,
  disableDuplicate: true,
  hooks: { beforeValidate: [normaliseAddress] },
  access: { create: adminOnly, read: staffOnly, update: noOne, delete: adminOnly },
  fields: [
    { name: 'channel', type: 'select', required: true, options: ['email', 'sms'] },
    {
      name: 'address',
      type: 'text',
      required: true,
      index: true,
    },
    {
      name: 'reason',
      type: 'select',
      required: true,
      defaultValue: 'by-hand',
      options: ['bounce', 'complaint', 'opt-out', 'by-hand'],
    },
    { name: 'provider', type: 'text', admin: { readOnly: true } },
    { name: 'detail', type: 'text' },
  ],
  indexes: [{ fields: ['channel', 'address'], unique: true }],
}
