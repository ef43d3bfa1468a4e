import type { CollectionConfig } from 'payload'

import { noOne, staffField, staffOrOwn } from '../access.ts'
import { percentField } from '../fields.ts'

/** Clicks out to a merchant, each with the rate of that moment. */
export const Clicks: CollectionConfig = {
  slug: 'clicks',
  admin: {
    group: 'Networks',
    useAsTitle: 'clickId',
    defaultColumns: ['clickId', 'member', 'merchant', 'network', 'createdAt'],
  },
  defaultSort: '-createdAt',
  lockDocuments: false,
  disableBulkEdit: true,
  disableBulkDelete: true,
  disableDuplicate: true,
  graphQL: { disableMutations: true },
  access: {
    create: noOne,
    read: staffOrOwn((memberId) => ({ member: { equals: memberId } })),
    update: noOne,
    delete: noOne,
  },
  fields: [
    { name: 'clickId', type: 'text', required: true, unique: true },
    { name: 'member', type: 'relationship', relationTo: 'users', index: true, maxDepth: 0 },
    {
      name: 'merchant',
      type: 'relationship',
      relationTo: 'merchants',
      required: true,
      index: true,
      maxDepth: 1,
    },
    {
      name: 'network',
      type: 'relationship',
      relationTo: 'networks',
      required: true,
      maxDepth: 0,
      access: { read: staffField },
    },
    {
      name: 'rateBasis',
      type: 'select',
      required: true,
      options: ['commission', 'sale'],
    },
    percentField({ name: 'rateBps', label: 'Rate', required: true }),
    { name: 'offer', type: 'relationship', relationTo: 'offers', maxDepth: 1 },
    { name: 'url', type: 'text', required: true, access: { read: staffField } },
    {
      name: 'isBot',
      type: 'checkbox',
      defaultValue: false,
      access: { read: staffField },
      admin: { description: 'A robot or a prefetch. It earns nothing.' },
    },
    { name: 'userAgent', type: 'text', access: { read: staffField } },
  ],
}
