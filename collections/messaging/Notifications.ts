import type { CollectionConfig, Where } from 'payload'

import { noOne, staffField, staffOrOwn } from '../access.ts'
import { statusField } from '../fields.ts'

/** Delivery details are for staff, not for the recipient. */
const staffOnlyField = { access: { read: staffField } }

/**
 * The outbox: messages that are queued in the transaction of their cause, and that workers send.
 * Only `src/messaging/outbox` writes rows: queueNotifications inserts them, claim is for workers,
 * deliveryReports for providers and deadLetters for admins. A member can read their own messages,
 * except those of category `security`, without the delivery details.
 */
export const Notifications: CollectionConfig = {
  slug: 'notifications',
  admin: {
    group: 'Operations',
    useAsTitle: 'template',
    defaultColumns: ['template', 'channel', 'to', 'status', 'attemptCount', 'createdAt'],
    description: 'Queued together with its cause and sent by workers. Rows cannot be edited.',
  },
  defaultSort: '-createdAt',
  lockDocuments: false,
  disableBulkEdit: true,
  disableBulkDelete: true,
  disableDuplicate: true,
  graphQL: { disableMutations: true },
  access: {
    create: noOne,
    read: staffOrOwn((memberId): Where => ({
      and: [{ user: { equals: memberId } }, { category: { not_equals: 'security' } }],
    })),
    update: noOne,
    delete: noOne,
  },
  fields: [
    { name: 'dedupeKey', type: 'text', required: true, unique: true, ...staffOnlyField },
    // The order of the options is the priority of the lanes.
    {
      name: 'lane',
      type: 'select',
      required: true,
      options: ['otp', 'money', 'bulk'],
      ...staffOnlyField,
    },
    statusField({
      name: 'status',
      defaultValue: 'pending',
      options: [
        'pending',
        'sending',
        'sent',
        'delivered',
        'bounced',
        'unknown',
        'suppressed',
        'dead',
        'discarded',
      ],
    }),
    { name: 'channel', type: 'select', required: true, options: ['email', 'sms'] },
    { name: 'template', type: 'text', required: true, index: true },
    { name: 'category', type: 'text', required: true },
    { name: 'locale', type: 'text', required: true },
    { name: 'user', type: 'relationship', relationTo: 'users', index: true, maxDepth: 0 },
    { name: 'to', type: 'text', required: true, index: true },
    { name: 'data', type: 'json', access: { read: noOne } },
    { name: 'secret', type: 'text', hidden: true, access: { read: noOne } },
    { name: 'attemptCount', type: 'number', required: true, defaultValue: 0, ...staffOnlyField },
    { name: 'attempts', type: 'json', ...staffOnlyField },
    { name: 'nextAttemptAt', type: 'date', required: true, ...staffOnlyField },
    { name: 'leaseToken', type: 'text', hidden: true, access: { read: noOne } },
    { name: 'leaseUntil', type: 'date', admin: { hidden: true }, ...staffOnlyField },
    { name: 'attemptStartedAt', type: 'date', admin: { hidden: true }, ...staffOnlyField },
    { name: 'provider', type: 'text', ...staffOnlyField },
    { name: 'providerMessageId', type: 'text', index: true, ...staffOnlyField },
    { name: 'isPossibleDuplicate', type: 'checkbox', defaultValue: false, ...staffOnlyField },
    { name: 'reason', type: 'text', ...staffOnlyField },
    { name: 'sentAt', type: 'date' },
    { name: 'finalAt', type: 'date' },
  ],
}
