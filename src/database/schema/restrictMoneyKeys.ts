import type { PostgresAdapter, PostgresAdapterArgs } from '@payloadcms/db-postgres'

type BeforeSchemaHook = NonNullable<PostgresAdapterArgs['beforeSchemaInit']>[number]

const MONEY_TABLES = [
  'wallets',
  'wallet_transactions',
  'payments',
  'refunds',
  'commissions',
  'adjustments',
  'audit_logs',
  'ledger_proofs',
  'change_requests',
  'users',
  'network_transactions',
  'cashback_events',
  'clicks',
  'sync_requests',
  'transaction_assignments',
  'file_imports',
  'held_credits',
  'cashback_claims',
  'claim_files',
  'network_statements',
  'statement_lines',
  'payout_methods',
  'withdrawals',
  'withdrawal_approvals',
  'payout_attempts',
  'payout_batches',
  'payout_result_files',
  'tax_ids',
]

/**
 * Makes the foreign keys of money tables ON DELETE RESTRICT. Payload makes them ON DELETE SET NULL:
 * deleting a member would turn the member's wallet into one of the platform.
 */
export const restrictMoneyKeys: BeforeSchemaHook = ({ adapter, schema }) => {
  const { rawTables } = adapter as unknown as PostgresAdapter
  for (const name of MONEY_TABLES) {
    const table = rawTables[name]
    if (!table) continue
    for (const key of Object.values(table.foreignKeys ?? {})) key.onDelete = 'restrict'
    for (const column of Object.values(table.columns)) {
      if (column.reference) column.reference.onDelete = 'restrict'
    }
  }
  return schema
}
