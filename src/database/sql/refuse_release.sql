-- Refuses to release a credit from a file before its import is within the limits or approved by a
-- second person.
create or replace function refuse_release()
returns trigger
language plpgsql as $$
begin
  if not exists (
    select 1 from file_imports i
    where i.id = new.file_import_id and i.status::text in ('applied', 'approved')
  ) then
    raise exception 'the release of a held credit is refused: its import is not decided'
      using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
