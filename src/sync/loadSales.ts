import { sql } from '@payloadcms/db-postgres'

import type { CashbackRate } from '../domain/cashback.ts'
import type { CashbackStatus } from '../domain/cashbackEvent.ts'
import { type SaleStatus, settledStatus } from '../domain/sale.ts'
import type { Database } from '../ledger/transactionOf.ts'
import { RETURNED } from './returned.ts'
import { standing } from './standing.ts'

/** A sale with all that its cashback depends on. */
export type Sale = {
  id: string
  /** Of a sale that is nobody's any more, whom it earned something for. */
  member: string
  memberName: string | null
  merchant: string | null
  merchantName: string
  click: string | null
  status: SaleStatus
  saleMinor: number | null
  commissionMinor: number
  /** What its returns take away, not above zero. */
  returnedMinor: number
  currency: string
  eventAt: string
  rate: CashbackRate
  isNobodys: boolean
  event: {
    id: string
    member: string
    click: string | null
    /** Whose it was, where the sale is another member's now: what they knew it by. */
    former: { name: string | null; merchant: string } | null
    status: CashbackStatus
    amountMinor: number
    creditedMinor: number
    currency: string
    postings: number
    grantedAt: string | null
    grantCapMinor: number | null
  } | null
}

type Row = Omit<Sale, 'event' | 'rate' | 'commissionMinor' | 'returnedMinor' | 'saleMinor'> & {
  saleMinor: string | null
  commissionMinor: string
  returnedMinor: string
  isPaidFor: boolean
  rateBasis: CashbackRate['basis']
  rateBps: number
  event: Sale['event']
}

/**
 * Sales of members, and of these the orders whose returns are among them. The rate is the event's
 * own, else the click's, else the merchant's, else that of the config: what was promised first
 * stays, but for what was promised for another shop than the sale is of, or at another click. Sales
 * that belong to nobody are not among them, nor are returns, but for those that became so after they
 * had earned something: they keep the click and the rate that it was earned by. A return that a
 * postback alone tells of lowers nothing.
 */
export const loadSales = async (db: Database, ids: string[]): Promise<Sale[]> => {
  if (ids.length === 0) return []
  const { rows } = await db.execute<Row>(sql`
    with asked as (
      select value::uuid as id from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)
    ), wanted as (
      select id from asked
      union select o.id from network_transactions r join asked on asked.id = r.id
        join network_transactions o on o.network_id = r.network_id and o.order_id = r.return_of
      union select o.id from network_transactions r join asked on asked.id = r.id
        join network_transactions o on o.network_id = r.network_id and o.order_id = r.order_id
    )
    select s.id::text, u.id::text as member, s.member_id is null as "isNobodys", u.name as "memberName",
      s.merchant_id::text as merchant, coalesce(m.name, s.merchant_name, '') as "merchantName",
      case when s.member_id is null then e.click_id else s.click_id end::text as click, ${standing(sql`s`)} as status,
      s.paid_at is not null as "isPaidFor", s.sale_minor as "saleMinor",
      s.commission_minor as "commissionMinor", ${RETURNED} as "returnedMinor", s.currency,
      to_json(s.event_at) #>> '{}' as "eventAt",
      coalesce(p.rate_basis::text, c.rate_basis::text, m.rate_basis::text, config.rate_basis::text) as "rateBasis",
      coalesce(p.rate_bps, c.rate_bps, m.rate_bps, config.rate_bps)::int as "rateBps",
      case when e.id is not null then json_build_object('id', e.id, 'member', e.member_id, 'click', e.click_id,
        'former', case when e.member_id <> s.member_id then (
          select json_build_object('name', f.name, 'merchant', coalesce(fm.name, s.merchant_name, ''))
          from users f left join merchants fm on fm.id = e.merchant_id where f.id = e.member_id) end,
        'status', e.status,
        'amountMinor', e.amount_minor, 'creditedMinor', e.credited_minor,
        'currency', e.currency, 'postings', e.postings,
        'grantedAt', e.granted_at, 'grantCapMinor', e.grant_cap_minor) end as event
    from wanted join network_transactions s on s.id = wanted.id
    left join clicks c on c.id = s.click_id and coalesce(c.merchant_id = s.merchant_id, true)
    left join merchants m on m.id = s.merchant_id
    left join cashback_events e on e.sale_id = s.id
    join users u on u.id = coalesce(s.member_id, e.member_id)
    left join cashback_events p on p.id = e.id and p.member_id = u.id
      and (s.member_id is null or coalesce(p.merchant_id = s.merchant_id, true)
        and coalesce(p.click_id = s.click_id, true))
    cross join (select rate_basis, rate_bps from cashback_config limit 1) config
    where (s.return_of is null and s.commission_minor >= 0) or e.id is not null
    order by s.id`)
  return rows.map(saleOf)
}

const saleOf = ({ isPaidFor, rateBasis, rateBps, ...row }: Row): Sale => ({
  ...row,
  status: settledStatus(row.status, isPaidFor),
  saleMinor: row.saleMinor === null ? null : Number(row.saleMinor),
  commissionMinor: Number(row.commissionMinor),
  returnedMinor: Number(row.returnedMinor),
  rate: { basis: rateBasis, rateBps },
})
