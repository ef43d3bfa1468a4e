import type { CollectionConfig } from 'payload'

import { noOne, staffOrOwn } from '../access.ts'

/**
 * Invoices and screenshots for claims. The bytes are in the database (`claim_file_bytes`), so that
 * every web process and every backup has them. The member who uploaded a file and staff can read
 * it.
 */
export const ClaimFiles: CollectionConfig = {
  slug: 'claim-files',
  admin: {
    group: 'Networks',
    useAsTitle: 'name',
    defaultColumns: ['name', 'type', 'bytes', 'member', 'createdAt'],
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
    { name: 'member', type: 'relationship', relationTo: 'users', required: true, index: true },
    { name: 'name', type: 'text', required: true, maxLength: 200 },
    { name: 'type', type: 'text', required: true },
    { name: 'bytes', type: 'number', required: true },
    { name: 'sha256', type: 'text', required: true },
  ],
}
