-- An attempt pays exactly what its approved withdrawal owes the member, and its facts never change.
create or replace function guard_attempt()
returns trigger
language plpgsql as $$
declare
  v_withdrawal withdrawals;
begin
  if tg_op = 'INSERT' then
    select * into strict v_withdrawal from withdrawals w where w.id = new.withdrawal_id;
    if v_withdrawal.status::text <> 'approved' or v_withdrawal.is_paid_late then
      raise exception 'an attempt of withdrawal % is refused: it is not open to one',
        v_withdrawal.reference
        using errcode = 'restrict_violation';
    end if;
    if v_withdrawal.net_minor <> new.amount_minor or v_withdrawal.currency <> new.currency then
      raise exception 'an attempt of withdrawal % is refused: it pays another amount',
        v_withdrawal.reference
        using errcode = 'restrict_violation';
    end if;
    if exists (select 1 from wallets w where w.owner_id = v_withdrawal.member_id
      and w.currency = v_withdrawal.currency and w.balance_minor < 0) then
      raise exception 'an attempt of withdrawal % is refused: a wallet is below zero',
        v_withdrawal.reference using errcode = 'restrict_violation';
    end if;
    return new;
  end if;
  if (old.withdrawal_id, old.number, old.key, old.driver, old.batch_id, old.amount_minor,
      old.currency, old.created_at)
    is distinct from (new.withdrawal_id, new.number, new.key, new.driver, new.batch_id,
      new.amount_minor, new.currency, new.created_at) then
    raise exception 'a change of attempt % is refused: its facts never change', old.key
      using errcode = 'restrict_violation';
  end if;
  if old.status <> new.status
    and (old.status::text || '>' || new.status::text) not in (
      'sending>sent', 'sending>in-doubt', 'sending>settled', 'sending>failed', 'sending>returned',
      'sent>in-doubt', 'sent>settled', 'sent>failed', 'sent>returned',
      'in-doubt>sent', 'in-doubt>settled', 'in-doubt>failed', 'in-doubt>returned',
      'settled>returned', 'failed>returned') then
    raise exception 'a change of attempt % is refused: it cannot go from % to %', old.key, old.status,
      new.status
      using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
