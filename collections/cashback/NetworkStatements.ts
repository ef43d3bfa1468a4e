import type { CollectionConfig } from 'payload'

import { noOne, staffOnly } from '../access.ts'
import { currencyField, moneyField } from '../fields.ts'

/** Payment statements of networks, imported from files. Each line is matched with a transaction. */
export const NetworkStatements: CollectionConfig = {
  slug: 'network-statements',
  admin: {
    group: 'Networks',
    useAsTitle: 'reference',
    defaultColumns: ['reference', 'network', 'paidAt', 'totalMinor', 'differenceMinor', 'lines'],
  },
  defaultSort: '-paidAt',
  lockDocuments: false,
  disableBulkEdit: true,
  disableBulkDelete: true,
  disableDuplicate: true,
  graphQL: { disableMutations: true },
  access: { create: noOne, read: staffOnly, update: noOne, delete: noOne },
  fields: [
    { name: 'network', type: 'relationship', relationTo: 'networks', required: true, index: true },
    { name: 'reference', type: 'text', required: true, maxLength: 100 },
    { name: 'paidAt', type: 'date', required: true },
    currencyField(),
    moneyField({ name: 'totalMinor', label: 'Total paid', min: -Number.MAX_SAFE_INTEGER }),
    moneyField({
      name: 'differenceMinor',
      label: 'Difference from our books',
      min: -Number.MAX_SAFE_INTEGER,
    }),
    { name: 'lines', type: 'number', required: true },
    { name: 'matched', type: 'number', required: true },
    { name: 'contentHash', type: 'text', required: true },
    { name: 'importedBy', type: 'relationship', relationTo: 'users', maxDepth: 1 },
  ],
  indexes: [{ fields: ['network', 'reference'], unique: true }],
}
