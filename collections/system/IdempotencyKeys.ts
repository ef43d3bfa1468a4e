import type { CollectionConfig } from 'payload'

import { noOne } from '../access.ts'

/**
 * Requests that moved money, by the key that their sender chose: a repeated request gets the first
 * answer and moves nothing. Unique by sender and key. A hash of the request distinguishes a repeat
 * from another request with the same key. Not readable over the API.
 */
export const IdempotencyKeys: CollectionConfig = {
  slug: 'idempotency-keys',
  admin: { hidden: true },
  lockDocuments: false,
  graphQL: false,
  endpoints: false,
  access: { create: noOne, read: noOne, update: noOne, delete: noOne },
  fields: [
    { name: 'sender', type: 'text', required: true },
    { name: 'key', type: 'text', required: true },
    { name: 'requestHash', type: 'text', required: true },
    { name: 'status', type: 'number', required: true },
    { name: 'answer', type: 'json', required: true },
  ],
  indexes: [{ fields: ['sender', 'key'], unique: true }],
}
