import type { Finding } from '../types.ts'
import { attacks } from './attacks.ts'
import type { Fixture } from './attackSql.ts'

export type Query = <Row>(text: string, values?: unknown[]) => Promise<Row[]>
export type Guard = {
  name: string
  table: string
  type: 'check' | 'foreign key' | 'trigger' | 'unique'
}

export const PAYOUT_TABLES = [
  'withdrawals',
  'withdrawal_approvals',
  'payout_attempts',
  'payout_batches',
  'payout_result_files',
  'payout_methods',
  'tax_ids',
  'payout_config_rules',
]

const TABLES = [
  'wallets',
  'wallet_transactions',
  'payments',
  'refunds',
  'commissions',
  'adjustments',
  'users',
  'network_transactions',
  'cashback_events',
  'transaction_assignments',
  'file_imports',
  'held_credits',
  'cashback_claims',
  'network_statements',
  'statement_lines',
  'change_requests',
  'account_changes',
  'finance_config',
  ...PAYOUT_TABLES,
]

/** Names of constraints that guard no money: primary keys, and those of Payload's sessions. */
const GENERATED = /_pkey$|^users_sessions/

/** Returns all guards of the money tables, as the catalogue of the database lists them. */
export const listGuards = async (
  query: Query,
  tables: readonly string[] = TABLES,
): Promise<Guard[]> => {
  const guards = await query<Guard>(
    `select conname as name, conrelid::regclass::text as table,
        case contype when 'c' then 'check' when 'f' then 'foreign key' else 'unique' end as type
      from pg_constraint where conrelid::regclass::text = any($1) and contype in ('c', 'f', 'u')
    union all
    select indexrelid::regclass::text, indrelid::regclass::text, 'unique' from pg_index
      where indrelid::regclass::text = any($1) and indisunique
        and not exists (select 1 from pg_constraint c where c.conindid = indexrelid and c.contype in ('u', 'p'))
    union all
    select tgname, tgrelid::regclass::text, 'trigger' from pg_trigger
      where tgrelid::regclass::text = any($1) and not tgisinternal
    order by 2, 3, 1`,
    [tables],
  )
  return guards.filter(({ name }) => !GENERATED.test(name))
}

const removalSql = ({ name, table, type }: Guard, isConstraint: boolean): string => {
  if (type === 'trigger') return `drop trigger ${name} on ${table}`
  return isConstraint || type !== 'unique'
    ? `alter table ${table} drop constraint ${name} cascade`
    : `drop index ${name}`
}

/**
 * Runs an attack with its guard and without it, each in a transaction that is rolled back. The
 * guard holds if it refuses the first attack itself, and the second succeeds.
 */
export const proveGuard = async (
  query: Query,
  guard: Guard,
  fixture: Fixture,
): Promise<Finding> => {
  const guarantee = `${guard.type} ${guard.name}`
  const attack = attacks[guard.name]
  if (!attack) return { guarantee, holds: false, seen: 'this guard has no attack' }

  const attempt = async (removal?: string): Promise<string | null> => {
    await query('begin')
    try {
      if (removal) await query(removal)
      for (const statement of attack(fixture)) await query(statement)
      return null
    } catch (error) {
      const { constraint, message } = error as { constraint?: string; message: string }
      return constraint ?? message
    } finally {
      await query('rollback')
    }
  }
  const [row] = await query<{ there: boolean }>(
    'select exists (select 1 from pg_constraint where conname = $1) as there',
    [guard.name],
  )
  const withGuard = await attempt()
  const withoutGuard = await attempt(removalSql(guard, row?.there === true))
  const own = guard.name.replaceAll('"', '') // names with capitals are quoted
  const isRefusedByGuard =
    guard.type === 'trigger' ? withGuard?.includes('is refused') : withGuard === own
  return {
    guarantee,
    holds: isRefusedByGuard === true && withoutGuard === null,
    seen: `with it: ${withGuard ?? 'succeeded'}; without it: ${withoutGuard ?? 'succeeded'}`,
  }
}
