import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'
import type { CashbackRate } from '../../domain/cashback/cashback.ts'
import type { CashbackStatus } from '../../domain/cashback/cashbackEvent.ts'
import { statusForCashback, type TransactionStatus } from '../../domain/cashback/transaction.ts'
import { lastKnownStatus, REVERSED_MINOR } from './transactionStore/transactionSql.ts'

/** A transaction with everything that its cashback depends on. Amounts in minor units. */
export type LoadedTransaction = {
  id: string
  /** If it became unattributed: the member who earned cashback with it before. */
  member: string
  memberName: string | null
  merchant: string | null
  merchantName: string
  click: string | null
  status: TransactionStatus
  saleMinor: number | null
  commissionMinor: number
  /** The amount that reversals take off the commission; zero or below. */
  reversedMinor: number
  currency: string
  eventAt: string
  rate: CashbackRate
  isUnattributed: boolean
  /** Its assignment to a member by people; null if there is none. */
  assignment: {
    id: string
    member: string
    requestedBy: string | null
    /** The cashback that people have seen. */
    seenMinor: number
    /** The growth that was rejected; null: none. */
    refusedMinor: number | null
  } | null
  event: {
    id: string
    member: string
    click: string | null
    /**
     * If the transaction now has another member: the former member's name, and the merchant that
     * the former member saw.
     */
    former: { name: string | null; merchant: string } | null
    status: CashbackStatus
    amountMinor: number
    creditedMinor: number
    currency: string
    postings: number
    autoApprovedAt: string | null
    autoApproveCapMinor: number | null
    /** The most that may be credited, because an import is not approved; null: no limit. */
    creditCeilingMinor: number | null
    hold: 'held' | 'rejected' | null
  } | null
}

type Row = Omit<
  LoadedTransaction,
  'event' | 'rate' | 'commissionMinor' | 'reversedMinor' | 'saleMinor'
> & {
  saleMinor: string | null
  commissionMinor: string
  reversedMinor: string
  isPaidFor: boolean
  rateBasis: CashbackRate['basis']
  rateBps: number
  event: LoadedTransaction['event']
}

/**
 * Selects the given transactions, and all transactions of the orders that they reverse or belong
 * to.
 */
const selectWanted = (ids: string[]) => sql`
  with given as (
    select value::uuid as id from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)
  ), wanted as (
    select id from given
    union
    select o.id
    from network_transactions r
    join given on given.id = r.id
    join network_transactions o on o.network_id = r.network_id and o.order_id = r.reversal_of
    union
    select o.id
    from network_transactions r
    join given on given.id = r.id
    join network_transactions o on o.network_id = r.network_id and o.order_id = r.order_id
  )`

const EVENT = sql`case when e.id is not null then json_build_object(
  'id', e.id,
  'member', e.member_id,
  'click', e.click_id,
  'former', case when e.member_id <> s.member_id then (
    select json_build_object(
      'name', f.name,
      'merchant', coalesce(fm.name, s.merchant_name, '')
    )
    from users f
    left join merchants fm on fm.id = e.merchant_id
    where f.id = e.member_id
  ) end,
  'status', e.status,
  'amountMinor', e.amount_minor,
  'creditedMinor', e.credited_minor,
  'currency', e.currency,
  'postings', e.postings,
  'autoApprovedAt', e.auto_approved_at,
  'autoApproveCapMinor', e.auto_approve_cap_minor,
  'creditCeilingMinor', e.credit_ceiling_minor,
  'hold', e.hold
) end`

const ASSIGNMENT = sql`case when a.id is not null then json_build_object(
  'id', a.id,
  'member', a.member_id,
  'requestedBy', a.requested_by_id,
  'seenMinor', a.seen_minor,
  'refusedMinor', a.refused_minor
) end`

/**
 * Loads members' transactions, and the orders of reversals among them. The rate is the event's,
 * else the click's, else the merchant's, else the config's: the first promised rate stays, unless
 * it was promised for another merchant or click than the transaction's. Unattributed transactions
 * and reversals are left out, unless they had earned something before they became so: these keep
 * the click and rate of their event. Provisional reversals take nothing.
 */
export const loadTransactions = async (
  db: Database,
  ids: string[],
): Promise<LoadedTransaction[]> => {
  if (ids.length === 0) return []
  const { rows } = await db.execute<Row>(sql`
    ${selectWanted(ids)}
    select s.id::text,
      u.id::text as member,
      s.member_id is null as "isUnattributed",
      u.name as "memberName",
      s.merchant_id::text as merchant,
      coalesce(m.name, s.merchant_name, '') as "merchantName",
      case when s.member_id is null then e.click_id else s.click_id end::text as click,
      ${lastKnownStatus(sql`s`)} as status,
      s.paid_at is not null as "isPaidFor",
      s.sale_minor as "saleMinor",
      s.commission_minor as "commissionMinor",
      ${REVERSED_MINOR} as "reversedMinor",
      s.currency,
      to_json(s.event_at) #>> '{}' as "eventAt",
      coalesce(
        p.rate_basis::text, c.rate_basis::text, m.rate_basis::text, config.rate_basis::text
      ) as "rateBasis",
      coalesce(p.rate_bps, c.rate_bps, m.rate_bps, config.rate_bps)::int as "rateBps",
      ${ASSIGNMENT} as assignment,
      ${EVENT} as event
    from wanted
    join network_transactions s on s.id = wanted.id
    left join clicks c on c.id = s.click_id and coalesce(c.merchant_id = s.merchant_id, true)
    left join merchants m on m.id = s.merchant_id
    left join cashback_events e on e.transaction_id = s.id
    left join transaction_assignments a on a.transaction_id = s.id and a.status = 'applied'
    join users u on u.id = coalesce(s.member_id, e.member_id)
    left join cashback_events p on p.id = e.id and p.member_id = u.id
      and (
        s.member_id is null
        or coalesce(p.merchant_id = s.merchant_id, true)
          and coalesce(p.click_id = s.click_id, true)
      )
    cross join (select rate_basis, rate_bps from cashback_config limit 1) config
    where (s.reversal_of is null and s.commission_minor >= 0) or e.id is not null
    order by s.id`)
  return rows.map(toTransaction)
}

const toTransaction = ({ isPaidFor, rateBasis, rateBps, ...row }: Row): LoadedTransaction => ({
  ...row,
  status: statusForCashback(row.status, isPaidFor),
  saleMinor: row.saleMinor === null ? null : Number(row.saleMinor),
  commissionMinor: Number(row.commissionMinor),
  reversedMinor: Number(row.reversedMinor),
  rate: { basis: rateBasis, rateBps },
})
