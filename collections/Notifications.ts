import type { CollectionConfig, Where } from 'payload'

import { nobody, staffField, staffOrOwn } from './access.ts'
import { statusField } from './fields.ts'

/** How a message is carried: for who looks after the queue, not for whom it is for. */
const inner = { access: { read: staffField } }

/**
 * The outbox: what somebody is told, written in the transaction of its cause, and the queue that
 * workers send from. Only the outbox writes it; its list in the admin is the queue. A member reads
 * what they were told, when and where, without codes and warnings; not how it was carried.
 */
export const Notifications: CollectionConfig = {
  slug: 'notifications',
  admin: {
    group: 'Operations',
    useAsTitle: 'template',
    defaultColumns: ['template', 'channel', 'to', 'status', 'attemptCount', 'createdAt'],
    description: 'Written together with its cause; workers send it. Nothing here is edited.',
  },
  defaultSort: '-createdAt',
  lockDocuments: false,
  disableBulkEdit: true,
  disableBulkDelete: true,
  disableDuplicate: true,
  graphQL: { disableMutations: true },
  access: {
    create: nobody,
    read: staffOrOwn((memberId): Where => ({
      and: [{ user: { equals: memberId } }, { category: { not_equals: 'security' } }],
    })),
    update: nobody,
    delete: nobody,
  },
  fields: [
    { name: 'dedupeKey', type: 'text', required: true, unique: true, ...inner },
    // The order of the options is the order of the queue.
    { name: 'lane', type: 'select', required: true, options: ['otp', 'money', 'bulk'], ...inner },
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
    { name: 'data', type: 'json', access: { read: nobody } },
    { name: 'secret', type: 'text', hidden: true, access: { read: nobody } },
    { name: 'attemptCount', type: 'number', required: true, defaultValue: 0, ...inner },
    { name: 'attempts', type: 'json', ...inner },
    { name: 'nextAttemptAt', type: 'date', required: true, ...inner },
    { name: 'leaseToken', type: 'text', hidden: true, access: { read: nobody } },
    { name: 'leaseUntil', type: 'date', admin: { hidden: true }, ...inner },
    { name: 'attemptStartedAt', type: 'date', admin: { hidden: true }, ...inner },
    { name: 'provider', type: 'text', ...inner },
    { name: 'providerMessageId', type: 'text', index: true, ...inner },
    { name: 'isPossibleDuplicate', type: 'checkbox', defaultValue: false, ...inner },
    { name: 'reason', type: 'text', ...inner },
    { name: 'sentAt', type: 'date' },
    { name: 'finalAt', type: 'date' },
  ],
}
