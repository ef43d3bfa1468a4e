-- Refuses an approval by the member of the withdrawal, and one of a round that is over.
create or replace function refuse_own_approval()
returns trigger
language plpgsql as $$
begin
  if not exists (
    select 1 from withdrawals w
    where w.id = new.withdrawal_id and w.member_id <> new.by_id and w.round = new.round
      and w.status::text = 'requested'
  ) then
    raise exception 'the approval is refused' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
