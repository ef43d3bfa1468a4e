import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { readDb } from '../database/readDb.ts'

export type AffiliateStats = {
  affiliateActive: boolean
  inviteCode: string
  referrals: { total: number; paying: number }
  /** Minor units. `awarded` is what was posted; `reversed` is the part that refunds took back. */
  earnings: {
    currency: string
    awardedMinor: number
    heldMinor: number
    reversedMinor: number
    availableMinor: number
  }[]
  recent: { at: string; status: string; amountMinor: number; currency: string }[]
}

const RECENT = 10

/** Loads a member's own figures in the programme in one statement; null for an unknown member. */
export const loadAffiliateStats = async (
  req: PayloadRequest,
  memberId: string,
): Promise<AffiliateStats | null> => {
  const db = await readDb(req)
  const { rows } = await db.execute<{ stats: AffiliateStats }>(sql`
    with mine as (
      select * from commissions where referrer_id = ${memberId} and status <> 'skipped'
    ), earned as (
      select
        currency,
        coalesce(sum(amount_minor)
          filter (where status in ('awarded', 'partly-reversed', 'reversed')), 0) as awarded,
        coalesce(sum(amount_minor - reversed_minor) filter (where status = 'held'), 0) as held,
        coalesce(sum(reversed_minor)
          filter (where status in ('partly-reversed', 'reversed')), 0) as reversed
      from mine group by currency
    ), wallet as (
      select currency, balance_minor from wallets
      where owner_id = ${memberId} and kind = 'available'
    )
    select jsonb_build_object(
      'affiliateActive', coalesce(u.affiliate_active, false),
      'inviteCode', u.invite_code,
      'referrals', (
        select jsonb_build_object('total', count(*), 'paying', count(*) filter (where exists (
          select 1 from payments p where p.user_id = r.id and p.status = 'completed')))
        from users r where r.referred_by_id = u.id),
      'earnings', coalesce((
        select jsonb_agg(jsonb_build_object('currency', currency,
          'awardedMinor', coalesce(e.awarded, 0), 'heldMinor', coalesce(e.held, 0),
          'reversedMinor', coalesce(e.reversed, 0), 'availableMinor', coalesce(w.balance_minor, 0))
          order by currency)
        from earned e full join wallet w using (currency)), '[]'),
      'recent', coalesce((
        select jsonb_agg(jsonb_build_object('at', decided_at, 'status', status,
          'amountMinor', amount_minor, 'currency', currency) order by decided_at desc, id desc)
        from (select * from mine order by decided_at desc, id desc limit ${RECENT}) latest), '[]')
    ) as stats
    from users u where u.id = ${memberId}`)
  return rows[0]?.stats ?? null
}
