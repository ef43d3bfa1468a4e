-- Returns the id of a wallet and creates it on first use. Two first uses at once create one wallet.
create or replace function wallet_for(p_owner uuid, p_kind text, p_currency text)
returns uuid
language plpgsql as $$
declare
  v_id uuid;
begin
  loop
    -- Two statements, because `is not distinct from` would not use the index.
    if p_owner is null then
      select w.id into v_id from wallets w
        where w.owner_id is null and w.kind = p_kind and w.currency = p_currency;
    else
      select w.id into v_id from wallets w
        where w.owner_id = p_owner and w.kind = p_kind and w.currency = p_currency;
    end if;
    if found then return v_id; end if;

    insert into wallets (id, owner_id, kind, currency, created_at, updated_at)
      values (
        time_ordered_uuid(), p_owner, p_kind, p_currency, clock_timestamp(), clock_timestamp())
      on conflict (owner_id, kind, currency) do nothing;
  end loop;
end $$;
