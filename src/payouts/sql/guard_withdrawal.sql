-- Keeps a withdrawal true to its request: facts never change, and only the transitions of
-- src/domain/payouts/withdrawalStates.ts happen. Approval takes the people that it needs, and money
-- is not approved for a wallet below zero, or while an earlier attempt may have been paid.
create or replace function guard_withdrawal()
returns trigger
language plpgsql as $$
declare
  v_people integer;
  v_move text := old.status::text || '>' || new.status::text;
begin
  if (old.reference, old.member_id, old.method_id, old.method_kind, old.driver, old.bank_profile,
      old.gross_minor, old.fee_minor, old.deduction_minor, old.net_minor, old.platform_fee_minor,
      old.currency, old.tax_id_id, old.created_at)
    is distinct from (new.reference, new.member_id, new.method_id, new.method_kind, new.driver,
      new.bank_profile, new.gross_minor, new.fee_minor, new.deduction_minor, new.net_minor,
      new.platform_fee_minor, new.currency, new.tax_id_id, new.created_at)
    or old.quote::text is distinct from new.quote::text
    or new.approvals_needed < old.approvals_needed or new.round < old.round then
    raise exception 'a change of withdrawal % is refused: its facts never change', old.reference
      using errcode = 'restrict_violation';
  end if;
  if old.status = new.status then return new; end if;

  -- An attempt was paid after its money had gone back: a person found so, and the state follows.
  if old.is_paid_late and new.status::text = 'settled' then return new; end if;

  if v_move not in (
    'requested>approved', 'requested>rejected', 'requested>on-hold', 'requested>cancelled',
    'on-hold>requested', 'on-hold>rejected', 'on-hold>cancelled',
    'approved>on-hold', 'approved>rejected', 'approved>sent',
    'sent>settled', 'sent>failed', 'sent>in-doubt', 'sent>approved', 'sent>returned',
    'in-doubt>settled', 'in-doubt>failed', 'in-doubt>sent', 'in-doubt>approved',
    'in-doubt>returned', 'settled>returned'
  ) then
    raise exception 'a change of withdrawal % is refused: it cannot go from % to %', old.reference,
      old.status, new.status      using errcode = 'restrict_violation';
  end if;
  if old.is_paid_late and v_move <> 'requested>on-hold' and v_move <> 'approved>on-hold'
    and old.status::text in ('requested', 'on-hold', 'approved') then
    raise exception 'a change of withdrawal % is refused: an attempt may have been paid',
      old.reference
      using errcode = 'restrict_violation';
  end if;
  if new.status::text = 'on-hold' and new.round <> old.round + 1 then
    raise exception 'a change of withdrawal % is refused: a hold ends its approvals', old.reference
      using errcode = 'restrict_violation';
  end if;
  if v_move = 'requested>approved' then
    select count(distinct a.by_id) into v_people from withdrawal_approvals a
      where a.withdrawal_id = old.id and a.round = old.round and a.by_id <> old.member_id;
    -- Approved without a person at once, or by people: a hold in between ends the first.
    if not (new.is_auto_approved and not old.is_auto_approved)
      and v_people < old.approvals_needed then
      raise exception 'the approval of withdrawal % is refused: it needs % and has %', old.reference,
        old.approvals_needed, v_people using errcode = 'restrict_violation';
    end if;
    if exists (select 1 from wallets w where w.owner_id = old.member_id
      and w.currency = old.currency and w.balance_minor < 0) then
      raise exception 'the approval of withdrawal % is refused: a wallet is below zero', old.reference
        using errcode = 'restrict_violation';
    end if;
  end if;
  return new;
end $$;
