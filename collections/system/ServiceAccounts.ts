import type { CollectionConfig } from 'payload'

import { adminOnly } from '../access.ts'

/**
 * Machines, such as a payment processor that posts payments or a front end that reads the
 * catalogue. They authenticate with an API key, are limited to their scopes, and cannot enter the
 * admin.
 */
export const ServiceAccounts: CollectionConfig = {
  slug: 'service-accounts',
  admin: {
    group: 'People',
    useAsTitle: 'name',
    defaultColumns: ['name', 'scopes', 'enableAPIKey', 'updatedAt'],
  },
  auth: { useAPIKey: true, disableLocalStrategy: true },
  // Managed in the admin and over REST. GraphQL does not allow the colon in the scopes' names.
  graphQL: false,
  lockDocuments: false,
  access: {
    admin: () => false,
    create: adminOnly,
    read: adminOnly,
    update: adminOnly,
    delete: adminOnly,
    unlock: adminOnly,
  },
  fields: [
    { name: 'name', type: 'text', required: true },
    {
      name: 'scopes',
      type: 'select',
      hasMany: true,
      admin: {
        description: 'Without a scope, the machine may do nothing. A new one has to be approved.',
      },
      options: ['payments:write', 'refunds:write', 'members:read', 'catalogue:read'],
    },
  ],
}
