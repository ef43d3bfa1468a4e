import type { CollectionConfig } from 'payload'

import { adminOnly, noOne } from '../access.ts'

/**
 * Actions of staff and all sign-ins: actor, time, origin, before, after and reason. Append-only
 * like the ledger: a trigger refuses changes. Secrets are masked before they are stored.
 */
export const AuditLogs: CollectionConfig = {
  slug: 'audit-logs',
  labels: { singular: 'Audit log', plural: 'Audit log' },
  admin: {
    group: 'Operations',
    useAsTitle: 'action',
    defaultColumns: ['at', 'actorEmail', 'action', 'subject', 'subjectId', 'reason'],
    description: 'Rows are never edited or deleted by people.',
  },
  defaultSort: '-at',
  lockDocuments: false,
  disableBulkEdit: true,
  disableBulkDelete: true,
  disableDuplicate: true,
  graphQL: { disableMutations: true },
  access: { create: noOne, read: adminOnly, update: noOne, delete: noOne },
  fields: [
    {
      name: 'at',
      type: 'date',
      required: true,
      index: true,
      admin: { date: { displayFormat: 'd MMM yyyy, HH:mm:ss' } },
    },
    { name: 'actor', type: 'relationship', relationTo: 'users', index: true, maxDepth: 1 },
    { name: 'actorEmail', type: 'text', label: 'Who' },
    { name: 'actorRole', type: 'text' },
    {
      name: 'action',
      type: 'text',
      required: true,
      index: true,
      admin: { components: { Cell: '/src/admin/status/StatusCell#StatusCell' } },
    },
    { name: 'subject', type: 'text', required: true, index: true },
    { name: 'subjectId', type: 'text', index: true },
    { name: 'reason', type: 'text' },
    { name: 'before', type: 'json' },
    { name: 'after', type: 'json' },
    { name: 'ip', type: 'text' },
    { name: 'userAgent', type: 'text' },
    { name: 'requestId', type: 'text' },
  ],
}
