import type { CollectionConfig } from 'payload'

import { CATEGORIES } from '../../src/messaging/types.ts'
import { noOne, staffOrOwn } from '../access.ts'

/** A member's notification preferences: a row for each category and channel that was switched. */
export const NotificationPreferences: CollectionConfig = {
  slug: 'notification-preferences',
  admin: {
    group: 'Operations',
    defaultColumns: ['user', 'category', 'channel', 'isOn', 'updatedAt'],
  },
  lockDocuments: false,
  disableBulkEdit: true,
  disableBulkDelete: true,
  disableDuplicate: true,
  graphQL: { disableMutations: true },
  access: {
    create: noOne, // through PUT /api/notification-preferences/mine
    read: staffOrOwn((memberId) => ({ user: { equals: memberId } })),
    update: noOne,
    delete: noOne,
  },
  fields: [
    { name: 'user', type: 'relationship', relationTo: 'users', required: true, maxDepth: 0 },
    { name: 'category', type: 'select', required: true, options: [...CATEGORIES] },
    { name: 'channel', type: 'select', required: true, options: ['email', 'sms'] },
    { name: 'isOn', type: 'checkbox', required: true, defaultValue: true },
  ],
  indexes: [{ fields: ['user', 'category', 'channel'], unique: true }],
}
