import type { CollectionConfig } from 'payload'

import { noOne, staffOrOwn } from '../access.ts'
import { currencyField, moneyField } from '../fields.ts'

/**
 * The accounts of the ledger: a member's `available` and `held` money, and one account per purpose
 * of the platform. Only the ledger's SQL writes them; all roles only read.
 */
export const Wallets: CollectionConfig = {
  slug: 'wallets',
  admin: {
    group: 'Money',
    defaultColumns: ['owner', 'kind', 'balanceMinor', 'version', 'frozenAt'],
    description: 'Platform accounts store no balance: theirs is the sum of their transfers.',
  },
  lockDocuments: false,
  disableBulkEdit: true,
  disableBulkDelete: true,
  disableDuplicate: true,
  graphQL: { disableMutations: true },
  access: {
    create: noOne,
    read: staffOrOwn((memberId) => ({ owner: { equals: memberId } })),
    update: noOne,
    delete: noOne,
  },
  fields: [
    { name: 'owner', type: 'relationship', relationTo: 'users', maxDepth: 1 },
    {
      name: 'kind',
      type: 'text',
      required: true,
      admin: { components: { Cell: '/src/admin/status/StatusCell#StatusCell' } },
    },
    currencyField(),
    moneyField({ name: 'balanceMinor', label: 'Balance', defaultValue: 0 }),
    { name: 'version', type: 'number', required: true, defaultValue: 0 },
    { name: 'lastPostedAt', type: 'date' },
    { name: 'frozenAt', type: 'date' },
    { name: 'frozenReason', type: 'text' },
    { name: 'verifiedVersion', type: 'number', defaultValue: 0 },
    moneyField({
      name: 'verifiedBalanceMinor',
      label: 'Balance when verified',
      required: false,
      defaultValue: 0,
    }),
    { name: 'verifiedAt', type: 'date' },
  ],
}
