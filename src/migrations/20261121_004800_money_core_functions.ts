import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/** Set-based posting, append-only refunds and audit rows, the rate limits' table, default limits. */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql.raw(FUNCTIONS))
  for (const table of ['refunds', 'audit_logs']) {
    await db.execute(sql.raw(`
      create trigger ${table}_append_only before update or delete on ${table}
        for each row execute function refuse_change();
      create trigger ${table}_no_truncate before truncate on ${table}
        for each statement execute function refuse_change();`))
  }
  await db.execute(sql`
    create trigger adjustments_no_delete before delete on adjustments
      for each row execute function refuse_change();
    create trigger adjustments_no_truncate before truncate on adjustments
      for each statement execute function refuse_change();
    create table rate_limits (key varchar(255) primary key, points integer not null default 0, expire bigint);
    create index rate_limits_expire on rate_limits (expire);`)
  await db.execute(sql`
    with config as (
      insert into finance_config (id, created_at, updated_at)
        values (time_ordered_uuid(), now(), now()) returning id
    )
    insert into finance_config_second_person (_order, _parent_id, id, currency, above_minor)
      select 1, config.id, time_ordered_uuid()::text, 'INR', 500000 from config`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  for (const table of ['refunds', 'audit_logs']) {
    await db.execute(sql.raw(`
      drop trigger ${table}_append_only on ${table};
      drop trigger ${table}_no_truncate on ${table};`))
  }
  await db.execute(sql`
    drop trigger adjustments_no_delete on adjustments;
    drop trigger adjustments_no_truncate on adjustments;
    drop table rate_limits;
    drop function post_transfers(jsonb);
    drop function transfers_in(jsonb);
    delete from finance_config;`)
}

/** As in src/ledger/sql at the time; a test keeps the two alike until a later migration replaces one. */
const FUNCTIONS = `
-- The one way into a wallet. Called by src/ledger/postTransfer.ts inside the caller's transaction.
-- Takes one jsonb and only text inside it: neither a new field nor a dropped enum value changes
-- the signature, so the version that is still serving keeps working during a deploy.
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

-- A batch of transfers as rows, with the ids of their wallets (null where one is missing yet).
create or replace function transfers_in(batch jsonb)
returns table (n bigint, key text, hash text, kind text, amount bigint, currency text,
  from_owner uuid, from_kind text, to_owner uuid, to_kind text, from_id uuid, to_id uuid, content jsonb)
language sql stable
-- Without statistics on the batch, nested loops over it would be quadratic.
set enable_nestloop = off
as $$
  with given as materialized (
    select i.n, i.p ->> 'key' as key,
      encode(sha256(convert_to((i.p - 'actor' - 'reason' - 'occurredAt')::text, 'utf8')), 'hex') as hash,
      i.p ->> 'kind' as kind, (i.p ->> 'amountMinor')::bigint as amount,
      i.p ->> 'currency' as currency,
      (i.p #>> '{from,owner}')::uuid as from_owner, i.p #>> '{from,kind}' as from_kind,
      (i.p #>> '{to,owner}')::uuid as to_owner, i.p #>> '{to,kind}' as to_kind, i.p as content
    from jsonb_array_elements(batch) with ordinality as i (p, n)
  ), known as materialized (
    select w.id, coalesce(w.owner_id, '00000000-0000-0000-0000-000000000000') as owner, w.kind, w.currency
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

-- The set-based sibling of post_transfer: the same books from thousands of transfers in a few
-- statements. Takes an array of what post_transfer takes and answers every key once. Later
-- transfers of a batch follow earlier ones of the same wallet. All or nothing: a transfer that
-- would overdraw breaks a CHECK, a key with other content raises TRB03, and the batch is gone.
create or replace function post_transfers(batch jsonb)
returns table (key text, id uuid, outcome text)
language plpgsql
set enable_nestloop = off
as $$
#variable_conflict use_column
declare
  v_reused text;
  v_posted_at timestamptz;
begin
  insert into wallets (id, owner_id, kind, currency, created_at, updated_at)
    select time_ordered_uuid(), r.owner, r.kind, r.currency, clock_timestamp(), clock_timestamp()
    from (
      select from_owner as owner, from_kind as kind, currency from transfers_in(batch) where from_id is null
      union select to_owner, to_kind, currency from transfers_in(batch) where to_id is null
    ) r order by r.owner, r.kind, r.currency
    on conflict (owner_id, kind, currency) do nothing;

  -- As in post_transfer: members' wallets, in id order, and a statement of its own.
  perform 1 from wallets w
    where w.owner_id is not null and w.id = any (array(
      select from_id from transfers_in(batch) union select to_id from transfers_in(batch)))
    order by w.id for no key update;

  select i.key into v_reused from transfers_in(batch) i
    left join (select t.key, t.request_hash from wallet_transactions t
      where t.key = any (array(select x.key from transfers_in(batch) x))) s on s.key = i.key
    group by i.key
    having count(distinct i.hash) > 1 or bool_or(s.key is not null and s.request_hash <> i.hash)
    limit 1;
  if v_reused is not null then
    raise exception 'key % was used with other content', v_reused using errcode = 'TRB03';
  end if;

  select greatest(date_trunc('milliseconds', clock_timestamp()), max(w.last_posted_at))
    into v_posted_at from wallets w where w.id = any (array(
      select from_id from transfers_in(batch) union select to_id from transfers_in(batch)));

  return query
  with input as materialized (
    select distinct on (i.key) i.* from transfers_in(batch) i order by i.key, i.n
  ), old as materialized (
    select t.key, t.id from wallet_transactions t where t.key = any (array(select i.key from input i))
  ), fresh as materialized (
    select i.* from input i left join old o on o.key = i.key where o.key is null
  ), wallet as materialized (
    select w.id, w.balance_minor, w.version from wallets w
    where w.owner_id is not null
      and w.id = any (array(select f.from_id from fresh f union select f.to_id from fresh f))
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
    where w.id = last.wallet and w.id = any (array(select x.id from wallet x))
    returning w.id
  )
  select p.key::text, p.id, 'posted' from posted p
  union all select o.key::text, o.id, 'repeated' from old o;
end $$;
`
