-- Counts and chains the transfers of a day (UTC). Every column is part of a line. A column without
-- a value is left out, so that a new column changes no line of before.
create or replace function transfers_proof(p_day text)
returns table (rows bigint, hash text)
language sql stable
set timezone = 'UTC'
as $$
  select count(*), encode(proof_chain(t.line order by t.posted_at, t.id), 'hex')
  from (
    select w.posted_at, w.id, jsonb_strip_nulls(to_jsonb(w))::text as line
    from wallet_transactions w
    where w.posted_at >= p_day::timestamptz and w.posted_at < p_day::timestamptz + interval '1 day'
  ) t
$$;

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
