-- Keeps the audit log append-only. A row may go once its day is sealed and archived and 90 days
-- old, and only in a transaction that names the day, so that no other statement deletes it.
create or replace function refuse_audit_change()
returns trigger
language plpgsql as $$
begin
  if tg_op = 'DELETE'
    and current_setting('tributary.archived_day', true)
      = to_char(old.at at time zone 'UTC', 'YYYY-MM-DD')
    and old.at < clock_timestamp() - interval '90 days'
    and exists (
      select 1 from ledger_proofs p
      where p.day = current_setting('tributary.archived_day', true) and p.archived_at is not null
    )
  then
    return old;
  end if;
  raise exception '% on % is refused: its rows are never changed', tg_op, tg_table_name
    using errcode = 'restrict_violation';
end $$;
