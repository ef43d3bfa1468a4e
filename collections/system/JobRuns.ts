import type { CollectionConfig } from 'payload'

import { adminOnly, noOne } from '../access.ts'
import { statusField } from '../fields.ts'

/** Each run of a job: its times, its status, and counts of what it did. */
export const JobRuns: CollectionConfig = {
  slug: 'job-runs',
  admin: {
    group: 'Operations',
    useAsTitle: 'job',
    defaultColumns: ['job', 'status', 'startedAt', 'endedAt', 'error'],
  },
  defaultSort: '-startedAt',
  lockDocuments: false,
  disableBulkEdit: true,
  disableBulkDelete: true,
  disableDuplicate: true,
  graphQL: { disableMutations: true },
  access: { create: noOne, read: adminOnly, update: noOne, delete: noOne },
  fields: [
    { name: 'job', type: 'text', required: true, index: true },
    statusField({
      name: 'status',
      options: ['requested', 'running', 'completed', 'failed', 'skipped'],
    }),
    { name: 'startedAt', type: 'date', required: true, index: true },
    { name: 'endedAt', type: 'date' },
    { name: 'report', type: 'json' },
    { name: 'error', type: 'text' },
    // The worker that runs it, by the number of the lock that it holds while it lives.
    { name: 'holder', type: 'number', admin: { hidden: true } },
  ],
}
