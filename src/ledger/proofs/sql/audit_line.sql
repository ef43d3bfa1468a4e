-- An audit row as the line that is sealed and archived: JSON with the columns that have a value.
-- A column without a value is left out, so that a new column changes no line of before. `before`
-- and `after` are always there, with all that they hold. The caller's time zone must be UTC.
create or replace function audit_line(a audit_logs)
returns text
language sql stable as $$
  select (jsonb_strip_nulls(to_jsonb(a) - '{before,after}'::text[])
    || jsonb_build_object('before', a.before, 'after', a.after))::text
$$;
