import type { CollectionConfig, RelationshipField, Where } from 'payload'

import { sortOwnTransfers } from '../../hooks/wallets/sortOwnTransfers.ts'
import { noOne, staffOrOwn } from '../access.ts'
import { currencyField, moneyField } from '../fields.ts'

const MAX_WALLETS = 1_000

const walletField = (name: string, label: string): RelationshipField => ({
  name,
  label,
  type: 'relationship',
  relationTo: 'wallets',
  required: true,
  admin: { components: { Cell: '/src/admin/money/WalletCell#WalletCell' } },
})

/**
 * The ledger: append-only transfers from one wallet to another. No role may write it, and a trigger
 * refuses updates and deletes in SQL. A correction is a reversing transfer.
 */
export const WalletTransactions: CollectionConfig = {
  slug: 'wallet-transactions',
  labels: { singular: 'Wallet transaction', plural: 'Wallet transactions' },
  admin: {
    group: 'Money',
    useAsTitle: 'key',
    defaultColumns: ['postedAt', 'kind', 'fromWallet', 'toWallet', 'amountMinor', 'toBalanceAfter'],
    description: 'Rows are never edited. A correction is a new row.',
  },
  // For staff. The hook sorts members' lists.
  defaultSort: '-createdAt',
  lockDocuments: false,
  disableBulkEdit: true,
  disableBulkDelete: true,
  disableDuplicate: true,
  graphQL: { disableMutations: true },
  access: {
    create: noOne,
    // By the ids of the member's few wallets: two index look-ups, for any length of the ledger.
    read: staffOrOwn(async (memberId, req): Promise<Where> => {
      const { docs } = await req.payload.find({
        collection: 'wallets',
        where: { owner: { equals: memberId } },
        select: {},
        depth: 0,
        limit: MAX_WALLETS,
        pagination: false,
        overrideAccess: true,
        req,
      })
      const ids = docs.map(({ id }) => id)
      return { or: [{ fromWallet: { in: ids } }, { toWallet: { in: ids } }] }
    }),
    update: noOne,
    delete: noOne,
  },
  fields: [
    { name: 'key', type: 'text', required: true, unique: true },
    { name: 'requestHash', type: 'text', required: true, admin: { hidden: true } },
    {
      name: 'kind',
      type: 'text',
      required: true,
      admin: { components: { Cell: '/src/admin/status/StatusCell#StatusCell' } },
    },
    walletField('fromWallet', 'From'),
    walletField('toWallet', 'To'),
    moneyField({ name: 'amountMinor', label: 'Amount' }),
    currencyField(),
    moneyField({ name: 'fromBalanceAfter', label: 'Balance of “from” after', required: false }),
    { name: 'fromVersion', type: 'number' },
    moneyField({ name: 'toBalanceAfter', label: 'Balance after', required: false }),
    { name: 'toVersion', type: 'number' },
    { name: 'payment', type: 'relationship', relationTo: 'payments', index: true },
    { name: 'commission', type: 'relationship', relationTo: 'commissions', index: true },
    { name: 'refund', type: 'relationship', relationTo: 'refunds', index: true },
    { name: 'adjustment', type: 'relationship', relationTo: 'adjustments', index: true },
    { name: 'cashbackEvent', type: 'relationship', relationTo: 'cashback-events', index: true },
    { name: 'withdrawal', type: 'relationship', relationTo: 'withdrawals', index: true },
    { name: 'reverses', type: 'relationship', relationTo: 'wallet-transactions' },
    { name: 'actor', type: 'text' },
    { name: 'reason', type: 'text' },
    { name: 'occurredAt', type: 'date', required: true },
    {
      name: 'postedAt',
      type: 'date',
      required: true,
      admin: { date: { displayFormat: 'd MMM yyyy, HH:mm:ss' } },
    },
  ],
  hooks: { beforeOperation: [sortOwnTransfers] },
}
