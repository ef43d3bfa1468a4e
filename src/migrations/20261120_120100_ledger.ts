import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/** The ledger's functions and triggers, and the programme's default rule. */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql.raw(FUNCTIONS))
  await db.execute(sql`
    create trigger wallet_transactions_append_only before update or delete on wallet_transactions
      for each row execute function refuse_change();
    create trigger wallet_transactions_no_truncate before truncate on wallet_transactions
      for each statement execute function refuse_change();`)
  await db.execute(sql`
    with rule as (
      insert into affiliation_config (id, enabled, rate_bps, hold_days, duration, version, created_at, updated_at)
        values (time_ordered_uuid(), true, 1000, 0, 'always', 1, now(), now())
        returning id
    )
    insert into affiliation_config_currencies (_order, _parent_id, id, currency, min_payment_minor)
      select d.position, rule.id, time_ordered_uuid()::text, d.currency, 0
      from rule, unnest(array['INR', 'USD', 'EUR']) with ordinality as d (currency, position)`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
    drop trigger wallet_transactions_append_only on wallet_transactions;
    drop trigger wallet_transactions_no_truncate on wallet_transactions;
    drop function post_transfer(jsonb);
    drop function wallet_for(uuid, text, text);
    drop function refuse_change();
    drop function time_ordered_uuid();
    delete from affiliation_config;`)
}

/** As in src/ledger/sql at the time; a test keeps the two alike until a later migration replaces one. */
const FUNCTIONS = `
-- A version 7 UUID (RFC 9562): 48 bits of milliseconds, then random bits. PostgreSQL has its own
-- from 18 on; 15 is supported. Ids of one millisecond are not ordered: the ledger is ordered by
-- the wallets' versions.
create or replace function time_ordered_uuid()
returns uuid
language sql volatile parallel safe as $$
  select encode(
    set_bit(set_bit(
      overlay(uuid_send(gen_random_uuid())
        placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
        from 1 for 6),
      52, 1), 53, 1), 'hex')::uuid
$$;

-- History is append-only for everybody: a correction is a new, reversing row.
create or replace function refuse_change()
returns trigger
language plpgsql as $$
begin
  raise exception '% on % is refused: its rows are never changed', tg_op, tg_table_name
    using errcode = 'restrict_violation';
end $$;

-- The id of a wallet, which is made on first use. Two first uses at once end with one wallet.
create or replace function wallet_for(p_owner uuid, p_kind text, p_currency text)
returns uuid
language plpgsql as $$
declare
  v_id uuid;
begin
  loop
    -- Two statements, since \`is not distinct from\` would not use the index.
    if p_owner is null then
      select w.id into v_id from wallets w
        where w.owner_id is null and w.kind = p_kind and w.currency = p_currency;
    else
      select w.id into v_id from wallets w
        where w.owner_id = p_owner and w.kind = p_kind and w.currency = p_currency;
    end if;
    if found then return v_id; end if;

    insert into wallets (id, owner_id, kind, currency, created_at, updated_at)
      values (time_ordered_uuid(), p_owner, p_kind, p_currency, clock_timestamp(), clock_timestamp())
      on conflict (owner_id, kind, currency) do nothing;
  end loop;
end $$;

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
    payment_id, commission_id, reverses_id, actor, reason, occurred_at, posted_at,
    created_at, updated_at)
  values (
    time_ordered_uuid(), v_key, v_hash, p ->> 'kind', v_from, v_to, v_amount, p ->> 'currency',
    case when v_debited.owner_id is not null then v_debited.balance_minor - v_amount end,
    case when v_debited.owner_id is not null then v_debited.version + 1 end,
    case when v_credited.owner_id is not null then v_credited.balance_minor + v_amount end,
    case when v_credited.owner_id is not null then v_credited.version + 1 end,
    (p #>> '{links,payment}')::uuid, (p #>> '{links,commission}')::uuid,
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
`
