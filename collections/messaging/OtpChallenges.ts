import type { CollectionConfig } from 'payload'

import { noOne } from '../access.ts'

/**
 * A one-time code for a phone or a mailbox: what it confirms, its hash, its expiry, and the tries
 * that are left.
 */
export const OtpChallenges: CollectionConfig = {
  slug: 'otp-challenges',
  admin: { hidden: true },
  lockDocuments: false,
  graphQL: false,
  endpoints: false,
  access: { create: noOne, read: noOne, update: noOne, delete: noOne },
  fields: [
    { name: 'user', type: 'relationship', relationTo: 'users', required: true, index: true },
    { name: 'purpose', type: 'text', required: true, defaultValue: 'phone' },
    { name: 'subject', type: 'text' },
    { name: 'phone', type: 'text', index: true },
    { name: 'email', type: 'text' },
    { name: 'codeHash', type: 'text', required: true },
    { name: 'triesLeft', type: 'number', required: true },
    { name: 'expiresAt', type: 'date', required: true },
    { name: 'usedAt', type: 'date' },
  ],
}
