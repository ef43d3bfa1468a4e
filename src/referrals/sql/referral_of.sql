-- Returns all facts of the commission rule as one JSON: the programme, the payer, the referrer, the
-- referrers above, and the payer's earlier awards. Called by hooks/referrals/awardCommission.ts for
-- every award. It is a function because planning took three quarters of the statement's time;
-- plpgsql keeps the plan with the connection.
create or replace function referral_of(p_payer uuid, p_payment uuid, p_max_levels integer)
returns jsonb
language plpgsql stable as $$
begin
  return (
    with recursive payer as (
      select u.id, u.name, u.email, u.phone, u.created_at, u.referred_by_id
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
        'phone', p.phone),
      'registeredAt', p.created_at,
      'referrer', (
        select jsonb_build_object(
          'id', r.id,
          'name', r.name,
          'email', r.email,
          'phone', r.phone,
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
