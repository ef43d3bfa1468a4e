-- A batch of transfers as rows, with the ids of their wallets (null where a wallet does not exist).
create or replace function transfers_in(batch jsonb)
returns table (
  n bigint, key text, hash text, kind text, amount bigint, currency text,
  from_owner uuid, from_kind text, to_owner uuid, to_kind text,
  from_id uuid, to_id uuid, content jsonb)
language sql stable
-- The planner has no statistics on the batch, and nested loops over it would be quadratic.
set enable_nestloop = off
as $$
  with given as materialized (
    select
      i.n,
      i.p ->> 'key' as key,
      encode(sha256(convert_to(
        (i.p - 'actor' - 'reason' - 'occurredAt')::text, 'utf8')), 'hex') as hash,
      i.p ->> 'kind' as kind,
      (i.p ->> 'amountMinor')::bigint as amount,
      i.p ->> 'currency' as currency,
      (i.p #>> '{from,owner}')::uuid as from_owner,
      i.p #>> '{from,kind}' as from_kind,
      (i.p #>> '{to,owner}')::uuid as to_owner,
      i.p #>> '{to,kind}' as to_kind,
      i.p as content
    from jsonb_array_elements(batch) with ordinality as i (p, n)
  ), known as materialized (
    select w.id, w.owner_id as owner, w.kind, w.currency
    from wallets w
    where w.owner_id = any (array(select from_owner from given union select to_owner from given))
    union all
    select w.id, '00000000-0000-0000-0000-000000000000', w.kind, w.currency
    from wallets w where w.owner_id is null
  )
  select g.n, g.key, g.hash, g.kind, g.amount, g.currency, g.from_owner, g.from_kind, g.to_owner,
    g.to_kind, f.id, t.id, g.content
  from given g
  left join known f on f.owner = coalesce(g.from_owner, '00000000-0000-0000-0000-000000000000')
    and f.kind = g.from_kind and f.currency = g.currency
  left join known t on t.owner = coalesce(g.to_owner, '00000000-0000-0000-0000-000000000000')
    and t.kind = g.to_kind and t.currency = g.currency
$$;
