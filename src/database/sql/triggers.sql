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

-- Wake the workers when there is something to send, to apply or to run.
create or replace trigger notifications_wake after insert
  on notifications for each statement execute function notify_listeners('outbox');
create or replace trigger inbound_events_wake after insert
  on inbound_events for each statement execute function notify_listeners('inbound');
create or replace trigger job_runs_wake after insert
  on job_runs for each row when (new.status = 'requested')
  execute function notify_listeners('jobs');
