-- Rows of money and of the audit log are append-only: never changed, never deleted.
create or replace trigger wallet_transactions_append_only before update or delete
  on wallet_transactions for each row execute function refuse_change();
create or replace trigger wallet_transactions_no_truncate before truncate
  on wallet_transactions for each statement execute function refuse_change();
create or replace trigger refunds_append_only before update or delete
  on refunds for each row execute function refuse_change();
create or replace trigger refunds_no_truncate before truncate
  on refunds for each statement execute function refuse_change();
create or replace trigger audit_logs_append_only before update or delete
  on audit_logs for each row execute function refuse_audit_change();
create or replace trigger audit_logs_no_truncate before truncate
  on audit_logs for each statement execute function refuse_change();
create or replace trigger adjustments_no_delete before delete
  on adjustments for each row execute function refuse_change();
create or replace trigger adjustments_no_truncate before truncate
  on adjustments for each statement execute function refuse_change();

-- A sealed day stays sealed. Once, the file is added that its audit rows were moved to.
create or replace trigger ledger_proofs_append_only before update
  on ledger_proofs for each row when (
    old.archived_at is not null
    or (old.id, old.day, old.transfers, old.transfers_hash, old.audit_rows, old.audit_hash,
        old.previous_seal, old.seal, old.sealed_at, old.created_at)
      is distinct from (new.id, new.day, new.transfers, new.transfers_hash, new.audit_rows,
        new.audit_hash, new.previous_seal, new.seal, new.sealed_at, new.created_at)
  ) execute function refuse_change();
create or replace trigger ledger_proofs_no_delete before delete
  on ledger_proofs for each row execute function refuse_change();
create or replace trigger ledger_proofs_no_truncate before truncate
  on ledger_proofs for each statement execute function refuse_change();

-- Who changed whose account is a fact, and what was requested stays as it was decided.
create or replace trigger account_changes_append_only before update or delete
  on account_changes for each row execute function refuse_change();
create or replace trigger account_changes_no_truncate before truncate
  on account_changes for each statement execute function refuse_change();
create or replace trigger change_requests_keep_request before update
  on change_requests for each row when (
    old.status <> 'requested'
    or (old.subject, old.subject_id, old.changes, old.requested_by_id, old.requested_at,
        old.takes_effect_at)
      is distinct from (new.subject, new.subject_id, new.changes, new.requested_by_id,
        new.requested_at, new.takes_effect_at)
  ) execute function refuse_change();
create or replace trigger change_requests_no_delete before delete
  on change_requests for each row execute function refuse_change();
create or replace trigger change_requests_no_truncate before truncate
  on change_requests for each statement execute function refuse_change();

-- The addresses and numbers of members are kept while the member's account exists.
create or replace trigger member_contacts_append_only before update or delete
  on member_contacts for each row execute function refuse_contact_change();
create or replace trigger member_contacts_no_truncate before truncate
  on member_contacts for each statement execute function refuse_change();

-- A credit from a file is released only after its import was applied or approved.
create or replace trigger held_credits_release after insert or update of status
  on held_credits for each row
  when (new.status = 'released' and new.file_import_id is not null)
  execute function refuse_release();

-- Withdrawals and their attempts: facts never change, states change as the rules allow.
create or replace trigger withdrawals_guarded before update
  on withdrawals for each row execute function guard_withdrawal();
create or replace trigger withdrawals_no_delete before delete
  on withdrawals for each row execute function refuse_change();
create or replace trigger withdrawals_no_truncate before truncate
  on withdrawals for each statement execute function refuse_change();
create or replace trigger withdrawal_approvals_of_others before insert
  on withdrawal_approvals for each row execute function refuse_own_approval();
create or replace trigger withdrawal_approvals_append_only before update or delete
  on withdrawal_approvals for each row execute function refuse_change();
create or replace trigger withdrawal_approvals_no_truncate before truncate
  on withdrawal_approvals for each statement execute function refuse_change();
create or replace trigger payout_attempts_guarded before insert or update
  on payout_attempts for each row execute function guard_attempt();
create or replace trigger payout_attempts_no_delete before delete
  on payout_attempts for each row execute function refuse_change();
create or replace trigger payout_attempts_no_truncate before truncate
  on payout_attempts for each statement execute function refuse_change();

-- What was put into a bank file, and which answers were read, stays as it was.
create or replace trigger payout_batches_keep_facts before update
  on payout_batches for each row when (
    (old.reference, old.bank_profile, old.profile::text, old.count, old.total_minor, old.currency,
        old.pay_date, old.file_name, old.created_by_id)
      is distinct from (new.reference, new.bank_profile, new.profile::text, new.count,
        new.total_minor, new.currency, new.pay_date, new.file_name, new.created_by_id)
  ) execute function refuse_change();
create or replace trigger payout_batches_no_delete before delete
  on payout_batches for each row execute function refuse_change();
create or replace trigger payout_batches_no_truncate before truncate
  on payout_batches for each statement execute function refuse_change();
create or replace trigger payout_result_files_append_only before update or delete
  on payout_result_files for each row execute function refuse_change();
create or replace trigger payout_result_files_no_truncate before truncate
  on payout_result_files for each statement execute function refuse_change();

-- The account of a method never changes: another account is another method.
create or replace trigger payout_methods_keep_account before update
  on payout_methods for each row when (
    (old.member_id, old.kind, old.fingerprint, old.sealed, old.holder_name, old.bank_code,
        old.product)
      is distinct from (new.member_id, new.kind, new.fingerprint, new.sealed, new.holder_name,
        new.bank_code, new.product)
    or (old.status::text = 'removed' and new.status::text <> 'removed')
  ) execute function refuse_change();
create or replace trigger payout_methods_no_delete before delete
  on payout_methods for each row execute function refuse_change();
create or replace trigger payout_methods_no_truncate before truncate
  on payout_methods for each statement execute function refuse_change();
create or replace trigger tax_ids_keep_number before update
  on tax_ids for each row when (
    (old.member_id, old.country, old.fingerprint, old.sealed)
      is distinct from (new.member_id, new.country, new.fingerprint, new.sealed)
  ) execute function refuse_change();
create or replace trigger tax_ids_no_delete before delete
  on tax_ids for each row execute function refuse_change();
create or replace trigger tax_ids_no_truncate before truncate
  on tax_ids for each statement execute function refuse_change();
