import type { CollectionConfig } from 'payload'

import { staffOnly } from '../access.ts'
import { personField, readOnly, writtenBySql } from './shared.ts'

/** Answers of banks that were imported: each file once, with what it changed. */
export const PayoutResultFiles: CollectionConfig = {
  slug: 'payout-result-files',
  admin: {
    group: 'Withdrawals',
    useAsTitle: 'name',
    defaultColumns: ['name', 'bankProfile', 'importedBy', 'createdAt'],
  },
  ...writtenBySql,
  access: { ...readOnly, read: staffOnly },
  fields: [
    { name: 'name', type: 'text', required: true },
    { name: 'bankProfile', type: 'text', required: true },
    { name: 'sha256', label: 'SHA-256 of the file', type: 'text', required: true },
    personField('importedBy', { required: true }),
    { name: 'counts', type: 'json', required: true },
    {
      name: 'lines',
      type: 'json',
      admin: { description: 'Lines that changed nothing, with the reason.' },
    },
  ],
}
