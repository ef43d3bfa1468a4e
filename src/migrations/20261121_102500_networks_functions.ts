import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/**
 * Transfers may name the cashback event that caused them; the one row of the cashback config; the
 * bytes of claims' files, beside their rows so that no list ever reads them. Sales leave room on
 * their pages: most updates of them note that they were seen again, and touch no index.
 */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql.raw(FUNCTIONS))
  await db.execute(sql`
    insert into cashback_config (id, rate_basis, rate_bps, auto_approve, auto_approve_days, guest_clicks,
      created_at, updated_at)
    values (time_ordered_uuid(), 'commission', 7000, 'when-network-allows', 30, true, now(), now())`)
  await db.execute(sql`
    create table claim_file_bytes (
      file_id uuid primary key references claim_files (id) on delete restrict,
      content bytea not null)`)
  await db.execute(sql`alter table network_transactions set (fillfactor = 80)`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`alter table network_transactions reset (fillfactor)`)
  await db.execute(sql`drop table claim_file_bytes`)
  await db.execute(sql`delete from cashback_config`)
  await db.execute(sql.raw(BEFORE))
}

const FUNCTIONS = String.raw`
create or replace function post_transfer(p jsonb)
returns table (id uuid, outcome text)
language plpgsql as $$
declare
  v_key text := p ->> 'key';
  v_amount bigint := (p ->> 'amountMinor')::bigint;
  v_hash text := encode(sha256(convert_to(
    (p - 'actor' - 'reason' - 'occurredAt')::text, 'utf8')), 'hex');
  v_from uuid := wallet_for((p #>> '{from,owner}')::uuid, p #>> '{from,kind}', p ->> 'currency');
  v_to uuid := wallet_for((p #>> '{to,owner}')::uuid, p #>> '{to,kind}', p ->> 'currency');
  v_debited wallets;
  v_credited wallets;
  v_id uuid;
  v_posted_at timestamptz;
begin
  -- Members' wallets only, in id order: a lock on a platform wallet would queue every award.
  -- NO KEY UPDATE, since FOR UPDATE would wait for rows that merely refer to the wallet.
  perform 1 from wallets w
    where w.id in (v_from, v_to) and w.owner_id is not null
    order by w.id for no key update;

  -- A statement of its own, so that it sees what was committed while the locks were awaited.
  return query select t.id, case when t.request_hash = v_hash then 'repeated' else 'key-reused' end
    from wallet_transactions t where t.key = v_key;
  if found then return; end if;

  select * into strict v_debited from wallets w where w.id = v_from;
  select * into strict v_credited from wallets w where w.id = v_to;
  if v_debited.owner_id is not null and v_debited.balance_minor < v_amount
     and p ->> 'kind' <> 'clawback' then
    return query select null::uuid, 'insufficient';
    return;
  end if;

  -- After the locks and never before the wallet's previous posting: a closed statement stays closed.
  v_posted_at := greatest(date_trunc('milliseconds', clock_timestamp()),
    v_debited.last_posted_at, v_credited.last_posted_at);

  insert into wallet_transactions as t (
    id, key, request_hash, kind, from_wallet_id, to_wallet_id, amount_minor, currency,
    from_balance_after, from_version, to_balance_after, to_version,
    payment_id, commission_id, refund_id, adjustment_id, cashback_event_id, reverses_id, actor, reason,
    occurred_at, posted_at,
    created_at, updated_at)
  values (
    time_ordered_uuid(), v_key, v_hash, p ->> 'kind', v_from, v_to, v_amount, p ->> 'currency',
    case when v_debited.owner_id is not null then v_debited.balance_minor - v_amount end,
    case when v_debited.owner_id is not null then v_debited.version + 1 end,
    case when v_credited.owner_id is not null then v_credited.balance_minor + v_amount end,
    case when v_credited.owner_id is not null then v_credited.version + 1 end,
    (p #>> '{links,payment}')::uuid, (p #>> '{links,commission}')::uuid,
    (p #>> '{links,refund}')::uuid, (p #>> '{links,adjustment}')::uuid, (p #>> '{links,cashbackEvent}')::uuid,
    (p #>> '{links,reverses}')::uuid, p ->> 'actor', p ->> 'reason',
    coalesce((p ->> 'occurredAt')::timestamptz, v_posted_at), v_posted_at,
    v_posted_at, v_posted_at)
  on conflict (key) do nothing
  returning t.id into v_id;

  -- Two calls with one key and no member's wallet in common pass the first look together; the
  -- unique key lets one in, and the other has moved nothing yet.
  if v_id is null then
    return query
      select t.id, case when t.request_hash = v_hash then 'repeated' else 'key-reused' end
      from wallet_transactions t where t.key = v_key;
    return;
  end if;

  update wallets w
    set balance_minor = w.balance_minor + case w.id when v_to then v_amount else -v_amount end,
        version = w.version + 1, last_posted_at = v_posted_at, updated_at = v_posted_at
    where w.id in (v_from, v_to) and w.owner_id is not null;

  return query select v_id, 'posted';
end $$;

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
        select from_owner as owner, from_kind as kind, currency from transfers_in(batch) where from_id is null
        union select to_owner, to_kind, currency from transfers_in(batch) where to_id is null
      ) r order by r.owner, r.kind, r.currency
      on conflict (owner_id, kind, currency) do nothing;
  end loop;
  v_wallets := array(select distinct w from unnest(v_from || v_to) w);

  -- As in post_transfer: members' wallets, in id order, and a statement of its own.
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
      payment_id, commission_id, refund_id, adjustment_id, cashback_event_id,
      reverses_id, actor, reason,
      occurred_at, posted_at, created_at, updated_at)
    select time_ordered_uuid(), f.key, f.hash, f.kind, f.from_id, f.to_id, f.amount, f.currency,
      d.balance, d.version, c.balance, c.version,
      (f.content #>> '{links,payment}')::uuid, (f.content #>> '{links,commission}')::uuid,
      (f.content #>> '{links,refund}')::uuid, (f.content #>> '{links,adjustment}')::uuid,
      (f.content #>> '{links,cashbackEvent}')::uuid,
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
`

const BEFORE = String.raw`
create or replace function post_transfer(p jsonb)
returns table (id uuid, outcome text)
language plpgsql as $$
declare
  v_key text := p ->> 'key';
  v_amount bigint := (p ->> 'amountMinor')::bigint;
  v_hash text := encode(sha256(convert_to(
    (p - 'actor' - 'reason' - 'occurredAt')::text, 'utf8')), 'hex');
  v_from uuid := wallet_for((p #>> '{from,owner}')::uuid, p #>> '{from,kind}', p ->> 'currency');
  v_to uuid := wallet_for((p #>> '{to,owner}')::uuid, p #>> '{to,kind}', p ->> 'currency');
  v_debited wallets;
  v_credited wallets;
  v_id uuid;
  v_posted_at timestamptz;
begin
  -- Members' wallets only, in id order: a lock on a platform wallet would queue every award.
  -- NO KEY UPDATE, since FOR UPDATE would wait for rows that merely refer to the wallet.
  perform 1 from wallets w
    where w.id in (v_from, v_to) and w.owner_id is not null
    order by w.id for no key update;

  -- A statement of its own, so that it sees what was committed while the locks were awaited.
  return query select t.id, case when t.request_hash = v_hash then 'repeated' else 'key-reused' end
    from wallet_transactions t where t.key = v_key;
  if found then return; end if;

  select * into strict v_debited from wallets w where w.id = v_from;
  select * into strict v_credited from wallets w where w.id = v_to;
  if v_debited.owner_id is not null and v_debited.balance_minor < v_amount
     and p ->> 'kind' <> 'clawback' then
    return query select null::uuid, 'insufficient';
    return;
  end if;

  -- After the locks and never before the wallet's previous posting: a closed statement stays closed.
  v_posted_at := greatest(date_trunc('milliseconds', clock_timestamp()),
    v_debited.last_posted_at, v_credited.last_posted_at);

  insert into wallet_transactions as t (
    id, key, request_hash, kind, from_wallet_id, to_wallet_id, amount_minor, currency,
    from_balance_after, from_version, to_balance_after, to_version,
    payment_id, commission_id, refund_id, adjustment_id, reverses_id, actor, reason, occurred_at, posted_at,
    created_at, updated_at)
  values (
    time_ordered_uuid(), v_key, v_hash, p ->> 'kind', v_from, v_to, v_amount, p ->> 'currency',
    case when v_debited.owner_id is not null then v_debited.balance_minor - v_amount end,
    case when v_debited.owner_id is not null then v_debited.version + 1 end,
    case when v_credited.owner_id is not null then v_credited.balance_minor + v_amount end,
    case when v_credited.owner_id is not null then v_credited.version + 1 end,
    (p #>> '{links,payment}')::uuid, (p #>> '{links,commission}')::uuid,
    (p #>> '{links,refund}')::uuid, (p #>> '{links,adjustment}')::uuid,
    (p #>> '{links,reverses}')::uuid, p ->> 'actor', p ->> 'reason',
    coalesce((p ->> 'occurredAt')::timestamptz, v_posted_at), v_posted_at,
    v_posted_at, v_posted_at)
  on conflict (key) do nothing
  returning t.id into v_id;

  -- Two calls with one key and no member's wallet in common pass the first look together; the
  -- unique key lets one in, and the other has moved nothing yet.
  if v_id is null then
    return query
      select t.id, case when t.request_hash = v_hash then 'repeated' else 'key-reused' end
      from wallet_transactions t where t.key = v_key;
    return;
  end if;

  update wallets w
    set balance_minor = w.balance_minor + case w.id when v_to then v_amount else -v_amount end,
        version = w.version + 1, last_posted_at = v_posted_at, updated_at = v_posted_at
    where w.id in (v_from, v_to) and w.owner_id is not null;

  return query select v_id, 'posted';
end $$;

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
        select from_owner as owner, from_kind as kind, currency from transfers_in(batch) where from_id is null
        union select to_owner, to_kind, currency from transfers_in(batch) where to_id is null
      ) r order by r.owner, r.kind, r.currency
      on conflict (owner_id, kind, currency) do nothing;
  end loop;
  v_wallets := array(select distinct w from unnest(v_from || v_to) w);

  -- As in post_transfer: members' wallets, in id order, and a statement of its own.
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
      payment_id, commission_id, refund_id, adjustment_id, reverses_id, actor, reason,
      occurred_at, posted_at, created_at, updated_at)
    select time_ordered_uuid(), f.key, f.hash, f.kind, f.from_id, f.to_id, f.amount, f.currency,
      d.balance, d.version, c.balance, c.version,
      (f.content #>> '{links,payment}')::uuid, (f.content #>> '{links,commission}')::uuid,
      (f.content #>> '{links,refund}')::uuid, (f.content #>> '{links,adjustment}')::uuid,
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
`
