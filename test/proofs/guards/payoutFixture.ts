import type { Fixture } from './attackSql.ts'
import type { Query } from './databaseGuards.ts'

/**
 * Creates the rows that attacks on payouts start from: a requested withdrawal with an approval, an
 * approved one with a failed attempt, a batch, a file of results, a method, a tax id and a rule.
 */
export const payoutFixture = async (
  query: Query,
  { member, person }: { member: string; person: string },
): Promise<Fixture> => {
  const [row] = await query<Fixture>(
    `with method as (
      insert into payout_methods (id, member_id, kind, display, holder_name, name_match, status,
        verified_at, usable_from, fingerprint, sealed)
      values (time_ordered_uuid(), $1, 'upi', 'a•••@bank', 'Asha Rao', 'match', 'active', now(),
        now(), 'guarded', 'x') returning id
    ), tax as (
      insert into tax_ids (id, member_id, country, display, fingerprint, sealed)
      values (time_ordered_uuid(), $1, 'IN', '•••• 234F', 'guarded', 'x') returning id
    ), batch as (
      insert into payout_batches (id, reference, bank_profile, profile, status, count, total_minor,
        currency, pay_date, file_name, created_by_id)
      values (time_ordered_uuid(), 'B-GUARD', 'generic-csv', '{}', 'open', 1, 100, 'INR', now(),
        'file.csv', $2) returning id
    ), file as (
      insert into payout_result_files (id, name, bank_profile, sha256, imported_by_id, counts)
      values (time_ordered_uuid(), 'answer.csv', 'generic-csv', 'guarded', $2, '{}') returning id
    ), config as (
      insert into payout_config (id) select time_ordered_uuid()
      where not exists (select 1 from payout_config) returning id
    ), rule as (
      insert into payout_config_rules (_order, _parent_id, id, currency, kind, driver)
      select 99, c.id, 'guarded', 'INR', 'paypal', 'simulated'
      from (select id from config union all select id from payout_config) c limit 1 returning id
    ), requested as (
      insert into withdrawals (id, reference, member_id, method_id, method_kind, driver, status,
        gross_minor, fee_minor, deduction_minor, net_minor, currency, approvals_needed)
      select time_ordered_uuid(), 'W-GUARD', $1, method.id, 'upi', 'simulated', 'requested', 100, 0,
        0, 100, 'INR', 1 from method returning id
    ), approved as (
      insert into withdrawals (id, reference, member_id, method_id, method_kind, driver, status,
        gross_minor, fee_minor, deduction_minor, net_minor, currency, approvals_needed)
      select time_ordered_uuid(), 'W-GUARD-2', $1, method.id, 'upi', 'simulated', 'approved', 100, 0,
        0, 100, 'INR', 1 from method returning id
    )
    select requested.id as withdrawals, approved.id as "approvedWithdrawal",
      method.id as payout_methods, tax.id as tax_ids, batch.id as payout_batches,
      file.id as payout_result_files, rule.id as payout_config_rules
    from requested, approved, method, tax, batch, file, rule`,
    [member, person],
  )
  // The triggers of these two read the withdrawals, which are committed first.
  const [later] = await query<Fixture>(
    `with approval as (
      insert into withdrawal_approvals (id, withdrawal_id, by_id, round, at)
      values (time_ordered_uuid(), $1, $2, 1, now()) returning id
    ), attempt as (
      insert into payout_attempts (id, withdrawal_id, number, key, driver, amount_minor, currency,
        status)
      values (time_ordered_uuid(), $3, 1, 'guarded', 'simulated', 100, 'INR', 'failed') returning id
    )
    select approval.id as withdrawal_approvals, attempt.id as payout_attempts from approval, attempt`,
    [row?.withdrawals, person, row?.approvedWithdrawal],
  )
  return { ...row, ...later, payoutMember: member }
}
