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
