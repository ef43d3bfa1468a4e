import type { CollectionConfig } from 'payload'

import { adminOnly, anyone, noOne } from '../access.ts'

/** Promotions of merchants: a page, a code, or a category with its own rate. */
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
  access: { create: adminOnly, read: anyone, update: adminOnly, delete: noOne },
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
    {
      name: 'code',
      type: 'text',
      maxLength: 60,
      admin: { description: 'The code that a buyer types at checkout.' },
    },
    {
      name: 'url',
      type: 'text',
      maxLength: 2_000,
      admin: { description: 'The page of the offer, on one of the merchant’s hosts.' },
    },
    {
      name: 'category',
      type: 'text',
      admin: { description: 'One of the merchant’s categories. The offer earns its rate.' },
    },
    { name: 'startsAt', type: 'date' },
    { name: 'endsAt', type: 'date', index: true },
    { name: 'isActive', label: 'Active', type: 'checkbox', defaultValue: true },
  ],
}
