import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import type { CommissionFacts, Person, Program } from '../src/domain/commission.ts'
import { DomainError } from '../src/domain/errors.ts'
import { transactionOf } from '../src/ledger/transactionOf.ts'

/**
 * Gathers what the commission rule looks at, as it stands in the request's transaction, in one
 * statement: the programme, the payer, the referrer, who stands above the referrer, and what the
 * payer's earlier payments earned.
 *
 * @throws DomainError `program.not-configured` the programme's row is missing
 */
export const loadReferral = async ({
  now,
  payment,
  req,
}: {
  now: Date
  payment: { id: string; payerId: string; amountMinor: number; currency: string }
  req: PayloadRequest
}): Promise<CommissionFacts> => {
  const db = await transactionOf(req)
  const { rows } = await db.execute<Row>(referralOf(payment.id, payment.payerId))

  const [row] = rows
  if (!row?.program) {
    throw new DomainError('program.not-configured', 'The affiliate programme has no configuration.')
  }
  return {
    payment: { amountMinor: payment.amountMinor, currency: payment.currency },
    payer: { ...row.payer, registeredAt: new Date(row.registered_at) },
    referrer: row.referrer,
    isLoop: row.is_loop,
    earlierAwards: row.earlier,
    program: row.program,
    now,
  }
}

const referralOf = (paymentId: string, payerId: string) => sql`
    with recursive payer as (
      select id, name, email, phone, created_at, referred_by_id from users where id = ${payerId}
    ), above (id, referred_by_id, path) as (
      select u.id, u.referred_by_id, array[u.id] from users u join payer p on u.id = p.referred_by_id
      union all
      select u.id, u.referred_by_id, a.path || u.id from above a join users u on u.id = a.referred_by_id
      where not u.id = any(a.path) and cardinality(a.path) < ${MOST_LEVELS}
    )
    select
      jsonb_build_object('id', p.id, 'name', p.name, 'email', p.email, 'phone', p.phone) as payer,
      p.created_at as registered_at,
      (select jsonb_build_object('id', r.id, 'name', r.name, 'email', r.email, 'phone', r.phone,
        'affiliateActive', coalesce(r.affiliate_active, false))
        from users r where r.id = p.referred_by_id) as referrer,
      exists (select 1 from above a where a.referred_by_id = p.id) as is_loop,
      (select count(*)::int from commissions c where c.payer_id = p.id
        and c.payment_id <> ${paymentId} and c.status not in ('skipped', 'cancelled')) as earlier,
      (select jsonb_build_object('version', g.version, 'enabled', coalesce(g.enabled, false),
        'rateBps', g.rate_bps, 'holdDays', g.hold_days, 'duration', g.duration,
        'durationMonths', g.duration_months, 'currencies', coalesce((
          select jsonb_agg(jsonb_build_object('currency', k.currency,
            'minPaymentMinor', k.min_payment_minor, 'maxCommissionMinor', k.max_commission_minor)
            order by k._order)
          from affiliation_config_currencies k where k._parent_id = g.id), '[]'))
        from affiliation_config g limit 1) as program
    from payer p`

/** Far more levels of referral than people build; a bound for what a database could be made to hold. */
const MOST_LEVELS = 100

type Row = {
  payer: Person
  registered_at: Date | string
  referrer: (Person & { affiliateActive: boolean }) | null
  is_loop: boolean
  earlier: number
  program: Program | null
}
