import type { CollectionConfig } from 'payload'

import { financeOnly, noOne } from '../access.ts'

/**
 * One seal for each past day (UTC): hashes over all transfers and audit rows of the day, chained to
 * the day before. A job seals; a trigger refuses every later change but the record of the archive.
 */
export const LedgerProofs: CollectionConfig = {
  slug: 'ledger-proofs',
  labels: { singular: 'Ledger proof', plural: 'Ledger proofs' },
  admin: {
    group: 'Money',
    useAsTitle: 'day',
    defaultColumns: ['day', 'transfers', 'auditRows', 'seal', 'sealedAt', 'archivedAt'],
    description:
      'Publish the latest seal outside of this server: it proves every day before it. See docs/upkeep.md.',
  },
  defaultSort: '-day',
  lockDocuments: false,
  disableBulkEdit: true,
  disableBulkDelete: true,
  disableDuplicate: true,
  graphQL: { disableMutations: true },
  access: { create: noOne, read: financeOnly, update: noOne, delete: noOne },
  fields: [
    { name: 'day', type: 'text', required: true, unique: true },
    { name: 'transfers', type: 'number', required: true },
    { name: 'transfersHash', label: 'Hash of the transfers', type: 'text', required: true },
    { name: 'auditRows', label: 'Audit rows', type: 'number', required: true },
    { name: 'auditHash', label: 'Hash of the audit rows', type: 'text', required: true },
    { name: 'previousSeal', type: 'text', required: true, unique: true },
    { name: 'seal', type: 'text', required: true, unique: true },
    {
      name: 'sealedAt',
      type: 'date',
      required: true,
      admin: { date: { displayFormat: 'd MMM yyyy, HH:mm:ss' } },
    },
    {
      name: 'archivedAt',
      type: 'date',
      admin: { description: 'When the audit rows of the day were moved to a file.' },
    },
    { name: 'archiveFile', type: 'text' },
    { name: 'archiveSha256', label: 'SHA-256 of the file', type: 'text' },
  ],
}
