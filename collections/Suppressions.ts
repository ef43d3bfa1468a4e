import type { CollectionConfig } from 'payload'

import { normaliseAddress } from '../hooks/normaliseAddress.ts'
import { adminOnly, nobody, staffOnly } from './access.ts'

/** Addresses that must not be written to: bounced, complained, or opted out. Unique per channel. */
export const Suppressions: CollectionConfig = {
  slug: 'suppressions',
  admin: {
    group: 'Operations',
    useAsTitle: 'address',
    defaultColumns: ['address', 'channel', 'reason', 'provider', 'createdAt'],
    description: 'Nothing is sent to these. An opt-out lets codes and resets through.',
  },
  lockDocuments: false,
  disableBulkEdit: true,
  disableDuplicate: true,
  hooks: { beforeValidate: [normaliseAddress] },
  access: { create: adminOnly, read: staffOnly, update: nobody, delete: adminOnly },
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
