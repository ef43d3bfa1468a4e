-- Returns all facts of the commission rule as one JSON: the programme, the payer, the referrer, the
-- referrers above, the payer's earlier awards, and the keys of all addresses and numbers that the two
-- accounts ever had. Called by hooks/referrals/awardCommission.ts for
-- every award. It is a function because planning took three quarters of the statement's time;
-- plpgsql keeps the plan with the connection.
create or replace function referral_of(p_payer uuid, p_payment uuid, p_max_levels integer)
returns jsonb
language plpgsql stable as $$
begin
  return (
    with recursive payer as (
      select u.id, u.name, u.email, u.phone, u.created_at, u.referred_by_id,
        u.email_verified_at, u.phone_verified_at
      from users u where u.id = p_payer
    ), above (id, referred_by_id, path) as (
      select u.id, u.referred_by_id, array[u.id]
      from users u join payer p on u.id = p.referred_by_id
      union all
      select u.id, u.referred_by_id, a.path || u.id
      from above a join users u on u.id = a.referred_by_id
      where not u.id = any(a.path) and cardinality(a.path) < p_max_levels
    )
    select jsonb_build_object(
      'payer', jsonb_build_object(
        'id', p.id,
        'name', p.name,
        'email', p.email,
        'phone', p.phone,
        'mailboxKeys', (
          select coalesce(jsonb_agg(distinct c.key), '[]') from member_contacts c
          where c.user_id = p.id and c.kind = 'email'),
        'phoneKeys', (
          select coalesce(jsonb_agg(distinct c.key), '[]') from member_contacts c
          where c.user_id = p.id and c.kind = 'phone'),
        'isConfirmed', p.email_verified_at is not null or p.phone_verified_at is not null),
      'registeredAt', p.created_at,
      'referrer', (
        select jsonb_build_object(
          'id', r.id,
          'name', r.name,
          'email', r.email,
          'phone', r.phone,
          'mailboxKeys', (
            select coalesce(jsonb_agg(distinct c.key), '[]') from member_contacts c
            where c.user_id = r.id and c.kind = 'email'),
          'phoneKeys', (
            select coalesce(jsonb_agg(distinct c.key), '[]') from member_contacts c
            where c.user_id = r.id and c.kind = 'phone'),
          'isConfirmed', r.email_verified_at is not null or r.phone_verified_at is not null,
          'affiliateActive', coalesce(r.affiliate_active, false))
        from users r where r.id = p.referred_by_id),
      'isLoop', exists (select 1 from above a where a.referred_by_id = p.id),
      'earlierAwards', (
        select count(*) from commissions c
        where c.payer_id = p.id and c.payment_id <> p_payment
          and c.status not in ('skipped', 'cancelled', 'reversed')),
      'program', (
        select jsonb_build_object(
          'version', g.version,
          'enabled', coalesce(g.enabled, false),
          'rateBps', g.rate_bps,
          'holdDays', g.hold_days,
          'duration', g.duration,
          'durationMonths', g.duration_months,
          'confirmedOnly', coalesce(g.confirmed_only, true),
          'currencies', coalesce((
            select jsonb_agg(jsonb_build_object(
                'currency', k.currency,
                'minPaymentMinor', k.min_payment_minor,
                'maxCommissionMinor', k.max_commission_minor)
              order by k._order)
            from affiliation_config_currencies k where k._parent_id = g.id), '[]'))
        from affiliation_config g limit 1))
    from payer p);
end $$;
