-- Keeps the history of a member's addresses and numbers append-only. Its rows go only with their
-- account: the cascade of the foreign key deletes them after the account is gone.
create or replace function refuse_contact_change()
returns trigger
language plpgsql as $$
begin
  if tg_op = 'DELETE' and not exists (select 1 from users u where u.id = old.user_id) then
    return old;
  end if;
  raise exception '% on % is refused: its rows are never changed', tg_op, tg_table_name
    using errcode = 'restrict_violation';
end $$;
