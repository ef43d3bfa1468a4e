import type { CollectionConfig } from 'payload'

import { adminField, adminOnly, anyone, nobody, staffField } from './access.ts'
import { moneyField, percentField } from './fields.ts'

/** Shops that members buy from, what they earn there, and by which networks it is reported. */
export const Merchants: CollectionConfig = {
  slug: 'merchants',
  admin: {
    group: 'Networks',
    useAsTitle: 'name',
    defaultColumns: ['name', 'slug', 'rateBasis', 'rateBps', 'isActive'],
  },
  lockDocuments: false,
  disableBulkDelete: true,
  disableDuplicate: true,
  access: { create: adminOnly, read: anyone, update: adminOnly, delete: nobody },
  fields: [
    { name: 'name', type: 'text', required: true, maxLength: 200 },
    {
      name: 'slug',
      type: 'text',
      required: true,
      unique: true,
      validate: (value: unknown) =>
        /^[a-z0-9]+(-[a-z0-9]+)*$/.test(String(value)) ||
        'Small letters, digits and single dashes, such as corner-store.',
    },
    { name: 'isActive', label: 'Active', type: 'checkbox', defaultValue: true },
    {
      name: 'rateBasis',
      label: 'Cashback is a part of',
      type: 'select',
      options: [
        { label: 'the network’s commission', value: 'commission' },
        { label: 'the sale', value: 'sale' },
      ],
      admin: { description: 'Empty: as in the cashback config.' },
    },
    percentField({
      name: 'rateBps',
      label: 'Rate',
      admin: { description: 'Empty: as in the cashback config.' },
    }),
    {
      name: 'categories',
      type: 'array',
      admin: { description: 'Parts of the shop with a rate of their own.' },
      fields: [
        { name: 'name', type: 'text', required: true },
        percentField({ name: 'rateBps', label: 'Rate', required: true }),
      ],
    },
    {
      name: 'programs',
      type: 'array',
      access: { read: staffField },
      admin: { description: 'The first one that is on takes the clicks.' },
      fields: [
        {
          name: 'network',
          type: 'relationship',
          relationTo: 'networks',
          required: true,
          index: true,
        },
        { name: 'programId', type: 'text', required: true, index: true },
        { name: 'trackingUrl', type: 'text', required: true },
      ],
    },
    {
      name: 'deepLinkHosts',
      type: 'text',
      hasMany: true,
      admin: { description: 'Hosts that a click may lead to, such as www.shop.example.' },
    },
    { name: 'terms', type: 'textarea' },
    {
      name: 'claimAfterHours',
      type: 'number',
      required: true,
      defaultValue: 72,
      min: 0,
      admin: { description: 'Sales are often told late; a claim opens after this.' },
    },
    { name: 'claimWithinDays', type: 'number', required: true, defaultValue: 30, min: 1 },
    moneyField({
      name: 'ageCapMinor',
      label: 'Cap of an approval by age',
      required: false,
      access: { read: staffField, create: adminField, update: adminField },
    }),
  ],
}
