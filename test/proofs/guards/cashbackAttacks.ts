import { type Attack, copy, TOO_LARGE, update } from './attackSql.ts'

const NOWHERE = '00000000-0000-7000-8000-000000000000'
/** PostgreSQL truncates longer names. */
const MAX_NAME_LENGTH = 63

/** The attacks on the guards of the cashback tables, by the guard's name in the database. */
export const cashbackAttacks: Record<string, Attack> = {
  ...Object.fromEntries(
    (
      [
        ['network_transactions', 'network', 'networks'],
        ['network_transactions', 'click', 'clicks'],
        ['network_transactions', 'reported_click', 'clicks'],
        ['network_transactions', 'member', 'users'],
        ['network_transactions', 'merchant', 'merchants'],
        ['network_transactions', 'page', 'network_pages'],
        ['cashback_events', 'transaction', 'network_transactions'],
        ['cashback_events', 'member', 'users'],
        ['cashback_events', 'merchant', 'merchants'],
        ['cashback_events', 'click', 'clicks'],
        ['transaction_assignments', 'transaction', 'network_transactions'],
        ['transaction_assignments', 'member', 'users'],
        ['transaction_assignments', 'click', 'clicks'],
        ['transaction_assignments', 'claim', 'cashback_claims'],
        ['transaction_assignments', 'requested_by', 'users'],
        ['transaction_assignments', 'decided_by', 'users'],
        ['cashback_claims', 'member', 'users'],
        ['cashback_claims', 'merchant', 'merchants'],
        ['cashback_claims', 'click', 'clicks'],
        ['cashback_claims', 'transaction', 'network_transactions'],
        ['cashback_claims', 'decided_by', 'users'],
        ['network_statements', 'network', 'networks'],
        ['network_statements', 'imported_by', 'users'],
        ['statement_lines', 'statement', 'network_statements'],
        ['statement_lines', 'transaction', 'network_transactions'],
        ['file_imports', 'network', 'networks'],
        ['file_imports', 'run', 'sync_runs'],
        ['file_imports', 'requested_by', 'users'],
        ['file_imports', 'decided_by', 'users'],
        ['held_credits', 'file_import', 'file_imports'],
        ['held_credits', 'transaction', 'network_transactions'],
        ['held_credits', 'member', 'users'],
        ['held_credits', 'requested_by', 'users'],
      ] as const
    ).map(([table, column, target]): [string, Attack] => [
      `${table}_${column}_id_${target}_id_fk`.slice(0, MAX_NAME_LENGTH),
      (f) => [update(table, f[table] ?? '', `${column}_id = '${NOWHERE}'`)],
    ]),
  ),
  held_credits_assignment_id_transaction_assignments_id_fk: (f) => [
    update(
      'held_credits',
      f.held_credits ?? '',
      `file_import_id = null, assignment_id = '${NOWHERE}'`,
    ),
  ],
  file_imports_second_person: (f) => [
    update(
      'file_imports',
      f.file_imports ?? '',
      `status = 'approved', decided_by_id = requested_by_id`,
    ),
  ],
  file_imports_applied_within_limits: (f) => [
    update('file_imports', f.file_imports ?? '', `status = 'applied', reasons = '[]'`),
  ],
  held_credits_amount_is_growth: (f) => [
    update('held_credits', f.held_credits ?? '', 'amount_minor = amount_minor + 1'),
  ],
  held_credits_one_cause: (f) => [
    update(
      'held_credits',
      f.held_credits ?? '',
      `assignment_id = '${f.transaction_assignments ?? ''}'`,
    ),
  ],
  held_credits_one_held: (f) => [copy('held_credits', f.held_credits ?? '', {})],
  held_credits_release: (f) => [
    update('held_credits', f.held_credits ?? '', `status = 'released'`),
  ],
  cashback_events_credited_within_ceiling: (f) => [
    update('cashback_events', f.cashback_events ?? '', 'credit_ceiling_minor = credited_minor - 1'),
  ],
  network_transactions_commission_countable: (f) => [
    update('network_transactions', f.network_transactions ?? '', `commission_minor = ${TOO_LARGE}`),
  ],
  network_transactions_sale_countable: (f) => [
    update('network_transactions', f.network_transactions ?? '', `sale_minor = ${TOO_LARGE}`),
  ],
  '"network_externalId_idx"': (f) => [
    copy('network_transactions', f.network_transactions ?? '', {}),
  ],
  cashback_events_amount_countable: (f) => [
    update('cashback_events', f.cashback_events ?? '', `amount_minor = ${TOO_LARGE}`),
  ],
  cashback_events_credited_within_amount: (f) => [
    update('cashback_events', f.cashback_events ?? '', 'credited_minor = amount_minor + 1'),
  ],
  cashback_events_credited_fits_status: (f) => [
    update('cashback_events', f.cashback_events ?? '', `status = 'reversed'`),
  ],
  cashback_events_transaction_idx: (f) => [copy('cashback_events', f.cashback_events ?? '', {})],
  transaction_assignments_amount_countable: (f) => [
    update(
      'transaction_assignments',
      f.transaction_assignments ?? '',
      `amount_minor = ${TOO_LARGE}`,
    ),
  ],
  transaction_assignments_one_active: (f) => [
    copy('transaction_assignments', f.transaction_assignments ?? '', {}),
  ],
  cashback_claims_sale_countable: (f) => [
    update('cashback_claims', f.cashback_claims ?? '', `sale_minor = ${TOO_LARGE}`),
  ],
  '"merchant_orderKey_member_idx"': (f) => [copy('cashback_claims', f.cashback_claims ?? '', {})],
  cashback_claims_one_accepted: (f) => [
    update('cashback_claims', f.cashback_claims ?? '', `status = 'accepted'`),
    `insert into cashback_claims select (jsonb_populate_record(c, to_jsonb(c) ||
       jsonb_build_object('id', gen_random_uuid(), 'member_id', u.id))).*
     from cashback_claims c, (select id from users where id not in
       (select member_id from cashback_claims) limit 1) u
     where c.id = '${f.cashback_claims ?? ''}'`,
  ],
  network_statements_total_countable: (f) => [
    update('network_statements', f.network_statements ?? '', `total_minor = ${TOO_LARGE}`),
  ],
  network_reference_idx: (f) => [copy('network_statements', f.network_statements ?? '', {})],
  statement_lines_amount_countable: (f) => [
    update('statement_lines', f.statement_lines ?? '', `amount_minor = ${TOO_LARGE}`),
  ],
  statement_number_idx: (f) => [copy('statement_lines', f.statement_lines ?? '', {})],
}
