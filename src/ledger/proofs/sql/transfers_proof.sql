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
