import type { CollectionConfig } from 'payload'

import { nobody } from './access.ts'

/**
 * Requests that moved money, by the key their sender chose: a repeated request gets the first
 * answer and moves nothing. Unique by sender and key; a hash of the request tells a repeat from a
 * key used for something else. Nobody reads them over the API.
 */
export const IdempotencyKeys: CollectionConfig = {
  slug: 'idempotency-keys',
  admin: { hidden: true },
  lockDocuments: false,
  graphQL: false,
  endpoints: false,
  access: { create: nobody, read: nobody, update: nobody, delete: nobody },
  fields: [
    { name: 'sender', type: 'text', required: true },
    { name: 'key', type: 'text', required: true },
    { name: 'requestHash', type: 'text', required: true },
    { name: 'status', type: 'number', required: true },
    { name: 'answer', type: 'json', required: true },
  ],
  indexes: [{ fields: ['sender', 'key'], unique: true }],
}
