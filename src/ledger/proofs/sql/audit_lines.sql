-- Returns the lines of a day's audit rows in the order of the chain, after a row, up to a number.
create or replace function audit_lines(p_day text, p_after_at text, p_after_id uuid, p_rows int)
returns table (at text, id uuid, line text)
language sql stable
set timezone = 'UTC'
as $$
  select to_json(l.at) #>> '{}', l.id, audit_line(l)
  from audit_logs l
  where l.at >= p_day::timestamptz and l.at < p_day::timestamptz + interval '1 day'
    and (p_after_at is null or (l.at, l.id) > (p_after_at::timestamptz, p_after_id))
  order by l.at, l.id
  limit p_rows
$$;
