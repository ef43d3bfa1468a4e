-- Refuses the change of an append-only row. A correction is a new, reversing row.
create or replace function refuse_change()
returns trigger
language plpgsql as $$
begin
  raise exception '% on % is refused: its rows are never changed', tg_op, tg_table_name
    using errcode = 'restrict_violation';
end $$;
