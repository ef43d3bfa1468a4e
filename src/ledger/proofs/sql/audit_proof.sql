-- Counts and chains the audit rows of a day (UTC).
create or replace function audit_proof(p_day text)
returns table (rows bigint, hash text)
language sql stable
set timezone = 'UTC'
as $$
  select count(*), encode(proof_chain(a.line order by a.at, a.id), 'hex')
  from (
    select l.at, l.id, audit_line(l) as line
    from audit_logs l
    where l.at >= p_day::timestamptz and l.at < p_day::timestamptz + interval '1 day'
  ) a
$$;
