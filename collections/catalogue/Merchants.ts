import type { CollectionConfig } from 'payload'

import { adminField, adminOnly, anyone, noOne, staffField } from '../access.ts'
import { moneyField, percentField } from '../fields.ts'

/** Merchants: their cashback rates, and the networks that report their orders. */
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
  access: { create: adminOnly, read: anyone, update: adminOnly, delete: noOne },
  fields: [
    { name: 'name', type: 'text', required: true, maxLength: 200 },
    {
      name: 'slug',
      type: 'text',
      required: true,
      unique: true,
      validate: (value: unknown) =>
        /^[a-z0-9]+(-[a-z0-9]+)*$/.test(String(value)) ||
        'Lower-case letters, digits and single dashes, such as corner-store.',
    },
    { name: 'isActive', label: 'Active', type: 'checkbox', defaultValue: true },
    {
      name: 'rateBasis',
      label: 'Cashback is a share of',
      type: 'select',
      options: [
        { label: 'the network’s commission', value: 'commission' },
        { label: 'the sale amount', value: 'sale' },
      ],
      admin: { description: 'Empty: the value of the cashback config.' },
    },
    percentField({
      name: 'rateBps',
      label: 'Rate',
      admin: { description: 'Empty: the value of the cashback config.' },
    }),
    {
      name: 'categories',
      type: 'array',
      admin: { description: 'Product categories with a rate of their own.' },
      fields: [
        { name: 'name', type: 'text', required: true },
        percentField({ name: 'rateBps', label: 'Rate', required: true }),
      ],
    },
    {
      name: 'programs',
      type: 'array',
      access: { read: staffField },
      admin: { description: 'Clicks go to the first one with an active network.' },
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
      admin: { description: 'The hosts that a click may lead to, such as www.shop.example.' },
    },
    { name: 'terms', type: 'textarea' },
    {
      name: 'claimAfterHours',
      type: 'number',
      required: true,
      defaultValue: 72,
      min: 0,
      admin: { description: 'Networks often report late. A claim is possible after this time.' },
    },
    { name: 'claimWithinDays', type: 'number', required: true, defaultValue: 30, min: 1 },
    moneyField({
      name: 'ageCapMinor',
      label: 'Cap for approval by age',
      required: false,
      access: { read: staffField, create: adminField, update: adminField },
    }),
  ],
}
