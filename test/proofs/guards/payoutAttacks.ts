import { type Attack, copy, TOO_LARGE, update } from './attackSql.ts'

const NOWHERE = '00000000-0000-7000-8000-000000000000'
type Changes = Record<string, string | number | null>

const copyOf =
  (table: string, changes: Changes): Attack =>
  (f) => [copy(table, f[table] ?? '', changes)]
const withdrawal = (changes: Changes): Attack =>
  copyOf('withdrawals', { reference: 'a', ...changes })
const attempt = (changes: Changes): Attack =>
  copyOf('payout_attempts', { key: 'a', number: 2, ...changes })
const change =
  (table: string, set: string): Attack =>
  (f) => [update(table, f[table] ?? '', set)]

/** An attack on one guard that another one of the same table would refuse first. */
const without =
  (table: string, trigger: string, attack: Attack): Attack =>
  (f) => [`alter table ${table} disable trigger ${trigger}`, ...attack(f)]
const withoutAttemptGuard = (attack: Attack): Attack =>
  without('payout_attempts', 'payout_attempts_guarded', attack)

/** Empties a table with all that refer to it, which have guards of their own. */
const truncate =
  (table: string, ...referring: string[]): Attack =>
  () => [
    ...referring.map((other) => `alter table ${other} disable trigger all`),
    `truncate ${table} cascade`,
  ]

/** Deletes a row to which no other row refers. */
const deleteCopy =
  (table: string, changes: Changes, where: string): Attack =>
  (f) => [copy(table, f[table] ?? '', changes), `delete from ${table} where ${where}`]

const OF_WITHDRAWALS = ['wallet_transactions', 'payout_attempts', 'withdrawal_approvals']

/** The attacks on withdrawals, approvals, attempts, bank files, methods, tax ids and rules. */
export const payoutAttacks: Record<string, Attack> = {
  withdrawals_net_positive: withdrawal({ net_minor: 0, fee_minor: 100 }),
  withdrawals_gross_adds_up: withdrawal({ gross_minor: 101 }),
  withdrawals_gross_countable: withdrawal({ gross_minor: TOO_LARGE, net_minor: TOO_LARGE }),
  withdrawals_hold_has_reason: withdrawal({ status: 'on-hold' }),
  withdrawals_refusal_has_reason: withdrawal({ status: 'failed' }),
  withdrawals_reference_idx: copyOf('withdrawals', {}),
  withdrawals_guarded: change('withdrawals', 'gross_minor = 200, net_minor = 200'),
  withdrawals_no_delete: deleteCopy('withdrawals', { reference: 'a' }, `reference = 'a'`),
  withdrawals_no_truncate: truncate('withdrawals', ...OF_WITHDRAWALS),
  ...Object.fromEntries(
    [
      ['member_id', 'users'],
      ['method_id', 'payout_methods'],
      ['tax_id_id', 'tax_ids'],
      ['held_by_id', 'users'],
      ['hold_owner_id', 'users'],
      ['hold_lifted_by_id', 'users'],
    ].map(([column = '', table = '']) => [
      `withdrawals_${column}_${table}_id_fk`,
      withdrawal({ [column]: NOWHERE }),
    ]),
  ),

  withdrawal_approvals_once: copyOf('withdrawal_approvals', {}),
  withdrawal_approvals_of_others: (f) => [
    copy('withdrawal_approvals', f.withdrawal_approvals ?? '', { by_id: f.payoutMember ?? '' }),
  ],
  withdrawal_approvals_append_only: change('withdrawal_approvals', 'round = 2'),
  withdrawal_approvals_no_truncate: truncate('withdrawal_approvals'),
  withdrawal_approvals_by_id_users_id_fk: copyOf('withdrawal_approvals', { by_id: NOWHERE }),
  withdrawal_approvals_withdrawal_id_withdrawals_id_fk: without(
    'withdrawal_approvals',
    'withdrawal_approvals_of_others',
    copyOf('withdrawal_approvals', { withdrawal_id: NOWHERE }),
  ),

  payout_attempts_amount_positive: withoutAttemptGuard(attempt({ amount_minor: 0 })),
  payout_attempts_amount_countable: withoutAttemptGuard(attempt({ amount_minor: TOO_LARGE })),
  payout_attempts_numbered: attempt({ number: 1 }),
  payout_attempts_one_at_a_time: (f) => [
    ...attempt({ status: 'sent' })(f),
    ...attempt({ key: 'b', number: 3, status: 'sending' })(f),
  ],
  payout_attempts_late_known: change('payout_attempts', `late_status = 'perhaps'`),
  payout_attempts_key_idx: attempt({ key: 'guarded' }),
  payout_attempts_guarded: change('payout_attempts', 'amount_minor = 200'),
  payout_attempts_no_delete: (f) => [
    `delete from payout_attempts where id = '${f.payout_attempts ?? ''}'`,
  ],
  payout_attempts_no_truncate: truncate('payout_attempts'),
  payout_attempts_withdrawal_id_withdrawals_id_fk: withoutAttemptGuard(
    attempt({ withdrawal_id: NOWHERE }),
  ),
  payout_attempts_batch_id_payout_batches_id_fk: attempt({ batch_id: NOWHERE }),
  payout_attempts_late_answered_by_id_users_id_fk: attempt({ late_answered_by_id: NOWHERE }),

  payout_batches_not_empty: copyOf('payout_batches', { reference: 'a', count: 0 }),
  payout_batches_reference_idx: copyOf('payout_batches', {}),
  payout_batches_keep_facts: change('payout_batches', 'total_minor = 200'),
  payout_batches_no_delete: deleteCopy('payout_batches', { reference: 'a' }, `reference = 'a'`),
  payout_batches_no_truncate: truncate('payout_batches', 'payout_attempts'),
  payout_batches_created_by_id_users_id_fk: copyOf('payout_batches', {
    reference: 'a',
    created_by_id: NOWHERE,
  }),
  payout_result_files_once: copyOf('payout_result_files', {}),
  payout_result_files_append_only: change('payout_result_files', `name = 'b'`),
  payout_result_files_no_truncate: truncate('payout_result_files'),
  payout_result_files_imported_by_id_users_id_fk: copyOf('payout_result_files', {
    sha256: 'a',
    imported_by_id: NOWHERE,
  }),

  payout_methods_active_is_verified: copyOf('payout_methods', {
    fingerprint: 'a',
    verified_at: null,
  }),
  payout_methods_once: copyOf('payout_methods', {}),
  payout_methods_keep_account: change('payout_methods', `sealed = 'y'`),
  payout_methods_no_delete: deleteCopy('payout_methods', { fingerprint: 'a' }, `fingerprint = 'a'`),
  payout_methods_no_truncate: truncate('payout_methods', 'withdrawals', ...OF_WITHDRAWALS),
  payout_methods_member_id_users_id_fk: copyOf('payout_methods', {
    fingerprint: 'a',
    member_id: NOWHERE,
  }),
  tax_ids_one_current: copyOf('tax_ids', {}),
  tax_ids_keep_number: change('tax_ids', `sealed = 'y'`),
  tax_ids_no_delete: deleteCopy(
    'tax_ids',
    { fingerprint: 'a', removed_at: '2026-01-01T00:00:00Z' },
    `fingerprint = 'a'`,
  ),
  tax_ids_no_truncate: truncate('tax_ids', 'withdrawals', ...OF_WITHDRAWALS),
  tax_ids_member_id_users_id_fk: copyOf('tax_ids', { member_id: NOWHERE }),

  ...Object.fromEntries(
    [
      'min_minor',
      'max_minor',
      'member_day_minor',
      'actor_day_minor',
      'four_eyes_above_minor',
      'auto_approve_below_minor',
      'fee_fixed_minor',
    ].map((column) => [
      `payout_config_rules_${column}`,
      change('payout_config_rules', `${column} = -1`),
    ]),
  ),
  payout_config_rules_parent_id_fk: change('payout_config_rules', `_parent_id = '${NOWHERE}'`),
}
