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
  on audit_logs for each row execute function refuse_change();
create or replace trigger audit_logs_no_truncate before truncate
  on audit_logs for each statement execute function refuse_change();
create or replace trigger adjustments_no_delete before delete
  on adjustments for each row execute function refuse_change();
create or replace trigger adjustments_no_truncate before truncate
  on adjustments for each statement execute function refuse_change();

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
