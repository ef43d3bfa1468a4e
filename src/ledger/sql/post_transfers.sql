-- Posts a batch of transfers in a few statements, with the same result as post_transfer one by one.
-- Takes an array of what post_transfer takes and returns every key once. Transfers of one wallet
-- follow each other in the order of the batch. All or nothing: a transfer that would overdraw
-- breaks a CHECK, and a key with other content raises TRB03.
-- The batch is unpacked once, into arrays: reading the jsonb costs a tenth of posting it, and every
-- statement would do it again.
create or replace function post_transfers(batch jsonb)
returns table (key text, id uuid, outcome text)
language plpgsql
set enable_nestloop = off
as $$
#variable_conflict use_column
declare
  v_missing boolean;
  v_n bigint[];
  v_key text[];
  v_hash text[];
  v_kind text[];
  v_amount bigint[];
  v_currency text[];
  v_from uuid[];
  v_to uuid[];
  v_content jsonb[];
  v_wallets uuid[];
  v_reused text;
  v_posted_at timestamptz;
begin
  for v_pass in 1..2 loop
    select array_agg(i.n), array_agg(i.key), array_agg(i.hash), array_agg(i.kind),
        array_agg(i.amount), array_agg(i.currency), array_agg(i.from_id), array_agg(i.to_id),
        array_agg(i.content), bool_or(i.from_id is null or i.to_id is null)
      into v_n, v_key, v_hash, v_kind, v_amount, v_currency, v_from, v_to, v_content, v_missing
      from transfers_in(batch) i;
    exit when v_missing is not true;
    insert into wallets (id, owner_id, kind, currency, created_at, updated_at)
      select time_ordered_uuid(), r.owner, r.kind, r.currency, clock_timestamp(), clock_timestamp()
      from (
        select from_owner as owner, from_kind as kind, currency
          from transfers_in(batch) where from_id is null
        union select to_owner, to_kind, currency from transfers_in(batch) where to_id is null
      ) r order by r.owner, r.kind, r.currency
      on conflict (owner_id, kind, currency) do nothing;
  end loop;
  v_wallets := array(select distinct w from unnest(v_from || v_to) w);

  -- As in post_transfer: members' wallets only, in id order, in a separate statement.
  perform 1 from wallets w where w.owner_id is not null and w.id = any (v_wallets)
    order by w.id for no key update;

  select i.key into v_reused from unnest(v_key, v_hash) i (key, hash)
    left join (select t.key, t.request_hash from wallet_transactions t
      where t.key = any (v_key)) s on s.key = i.key
    group by i.key
    having count(distinct i.hash) > 1 or bool_or(s.key is not null and s.request_hash <> i.hash)
    limit 1;
  if v_reused is not null then
    raise exception 'key % was used with other content', v_reused using errcode = 'TRB03';
  end if;

  select greatest(date_trunc('milliseconds', clock_timestamp()), max(w.last_posted_at))
    into v_posted_at from wallets w where w.id = any (v_wallets);

  return query
  with input as materialized (
    select distinct on (i.key) i.*
    from unnest(v_n, v_key, v_hash, v_kind, v_amount, v_currency, v_from, v_to, v_content)
      as i (n, key, hash, kind, amount, currency, from_id, to_id, content)
    order by i.key, i.n
  ), old as materialized (
    select t.key, t.id from wallet_transactions t where t.key = any (v_key)
  ), fresh as materialized (
    select i.* from input i left join old o on o.key = i.key where o.key is null
  ), wallet as materialized (
    select w.id, w.balance_minor, w.version from wallets w
    where w.owner_id is not null and w.id = any (v_wallets)
  ), running as materialized (
    select m.n, m.wallet, w.balance_minor + sum(m.delta) over moves as balance,
      w.version + row_number() over moves as version
    from (
      select f.n, f.from_id as wallet, -f.amount as delta from fresh f
      union all select f.n, f.to_id, f.amount from fresh f
    ) m join wallet w on w.id = m.wallet
    window moves as (partition by m.wallet order by m.n)
  ), posted as (
    insert into wallet_transactions as t (
      id, key, request_hash, kind, from_wallet_id, to_wallet_id, amount_minor, currency,
      from_balance_after, from_version, to_balance_after, to_version,
      payment_id, commission_id, refund_id, adjustment_id, cashback_event_id, withdrawal_id,
      reverses_id, actor, reason,
      occurred_at, posted_at, created_at, updated_at)
    select time_ordered_uuid(), f.key, f.hash, f.kind, f.from_id, f.to_id, f.amount, f.currency,
      d.balance, d.version, c.balance, c.version,
      (f.content #>> '{links,payment}')::uuid, (f.content #>> '{links,commission}')::uuid,
      (f.content #>> '{links,refund}')::uuid, (f.content #>> '{links,adjustment}')::uuid,
      (f.content #>> '{links,cashbackEvent}')::uuid,
      (f.content #>> '{links,withdrawal}')::uuid,
      (f.content #>> '{links,reverses}')::uuid, f.content ->> 'actor', f.content ->> 'reason',
      coalesce((f.content ->> 'occurredAt')::timestamptz, v_posted_at), v_posted_at,
      v_posted_at, v_posted_at
    from fresh f
    left join running d on d.n = f.n and d.wallet = f.from_id
    left join running c on c.n = f.n and c.wallet = f.to_id
    order by f.n
    returning t.key, t.id
  ), moved as (
    update wallets w set balance_minor = last.balance, version = last.version,
      last_posted_at = v_posted_at, updated_at = v_posted_at
    from (select distinct on (r.wallet) r.wallet, r.balance, r.version from running r
      order by r.wallet, r.version desc) last
    where w.id = last.wallet and w.id = any (v_wallets)
    returning w.id
  )
  select p.key::text, p.id, 'posted' from posted p
  union all select o.key::text, o.id, 'repeated' from old o;
end $$;
