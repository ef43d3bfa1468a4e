import type { CollectionConfig } from 'payload'

import { adminOnly, anyone, nobody } from './access.ts'

/** What a shop offers for a while: a page to go to, a code, a part of the shop with its own rate. */
export const Offers: CollectionConfig = {
  slug: 'offers',
  admin: {
    group: 'Networks',
    useAsTitle: 'title',
    defaultColumns: ['title', 'merchant', 'code', 'endsAt', 'isActive'],
  },
  lockDocuments: false,
  disableBulkDelete: true,
  disableDuplicate: true,
  access: { create: adminOnly, read: anyone, update: adminOnly, delete: nobody },
  fields: [
    { name: 'title', type: 'text', required: true, maxLength: 200 },
    {
      name: 'merchant',
      type: 'relationship',
      relationTo: 'merchants',
      required: true,
      index: true,
      maxDepth: 1,
    },
    { name: 'description', type: 'textarea' },
    { name: 'code', type: 'text', maxLength: 60, admin: { description: 'To type at the till.' } },
    {
      name: 'url',
      type: 'text',
      maxLength: 2_000,
      admin: { description: 'The page it is on, on one of the merchant’s hosts.' },
    },
    {
      name: 'category',
      type: 'text',
      admin: { description: 'One of the merchant’s, whose rate it then earns.' },
    },
    { name: 'startsAt', type: 'date' },
    { name: 'endsAt', type: 'date', index: true },
    { name: 'isActive', label: 'Active', type: 'checkbox', defaultValue: true },
  ],
}
