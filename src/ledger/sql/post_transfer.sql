-- Posts one transfer: the only way into a wallet. Called by src/ledger/postTransfer.ts inside the
-- caller's transaction. Takes one jsonb with text values: a new field or a dropped enum value does
-- not change the signature, so the old version of the product keeps working during a deploy.
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
  -- Locks members' wallets only, in id order: a lock on a platform wallet would queue all awards.
  -- NO KEY UPDATE, because FOR UPDATE would also wait for rows that only refer to the wallet.
  perform 1 from wallets w
    where w.id in (v_from, v_to) and w.owner_id is not null
    order by w.id for no key update;

  -- A separate statement, so that it sees what was committed while it waited for the locks.
  return query select t.id, case when t.request_hash = v_hash then 'repeated' else 'key-reused' end
    from wallet_transactions t where t.key = v_key;
  if found then return; end if;

  select * into strict v_debited from wallets w where w.id = v_from;
  select * into strict v_credited from wallets w where w.id = v_to;
  if v_debited.owner_id is not null and v_debited.balance_minor < v_amount
     and p ->> 'kind' not in ('clawback', 'payout-late') then
    return query select null::uuid, 'insufficient';
    return;
  end if;

  -- Taken after the locks, never before a wallet's previous posting: a closed statement stays so.
  v_posted_at := greatest(date_trunc('milliseconds', clock_timestamp()),
    v_debited.last_posted_at, v_credited.last_posted_at);

  insert into wallet_transactions as t (
    id, key, request_hash, kind, from_wallet_id, to_wallet_id, amount_minor, currency,
    from_balance_after, from_version, to_balance_after, to_version,
    payment_id, commission_id, refund_id, adjustment_id, cashback_event_id, withdrawal_id, reverses_id,
    actor, reason, occurred_at, posted_at, created_at, updated_at)
  values (
    time_ordered_uuid(), v_key, v_hash, p ->> 'kind', v_from, v_to, v_amount, p ->> 'currency',
    case when v_debited.owner_id is not null then v_debited.balance_minor - v_amount end,
    case when v_debited.owner_id is not null then v_debited.version + 1 end,
    case when v_credited.owner_id is not null then v_credited.balance_minor + v_amount end,
    case when v_credited.owner_id is not null then v_credited.version + 1 end,
    (p #>> '{links,payment}')::uuid,
    (p #>> '{links,commission}')::uuid,
    (p #>> '{links,refund}')::uuid,
    (p #>> '{links,adjustment}')::uuid,
    (p #>> '{links,cashbackEvent}')::uuid,
    (p #>> '{links,withdrawal}')::uuid,
    (p #>> '{links,reverses}')::uuid,
    p ->> 'actor', p ->> 'reason',
    coalesce((p ->> 'occurredAt')::timestamptz, v_posted_at), v_posted_at,
    v_posted_at, v_posted_at)
  on conflict (key) do nothing
  returning t.id into v_id;

  -- Two calls with one key and no member's wallet in common both pass the first look. The unique
  -- key admits one of them; the other has moved nothing yet.
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
