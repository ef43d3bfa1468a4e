import { sql } from '@payloadcms/db-postgres'

import type { CashbackRate } from '../domain/cashback.ts'
import type { Database } from '../ledger/transactionOf.ts'
import { RETURNED } from '../sync/returned.ts'
import { standing } from '../sync/standing.ts'
import type { Orphan } from './types.ts'

type Row = Omit<Orphan, 'commissionMinor' | 'rate' | 'returnedMinor' | 'saleMinor'> & {
  saleMinor: string | null
  commissionMinor: string
  returnedMinor: string
  rateBasis: CashbackRate['basis']
  rateBps: number
}

/** Sales by their ids, with all that giving one to a member depends on; in no order. */
export const loadOrphans = async (db: Database, ids: string[]): Promise<Orphan[]> => {
  if (ids.length === 0) return []
  const { rows } = await db.execute<Row>(sql`
    select s.id::text, s.network_id::text as network, n.name as "networkName",
      s.external_id as "externalId", m.id::text as merchant,
      coalesce(m.name, s.merchant_name, '') as "merchantName", ${standing(sql`s`)} as status, s.currency,
      to_json(s.event_at) #>> '{}' as "eventAt", to_json(s.clicked_at) #>> '{}' as "clickedAt",
      coalesce(s.order_id, s.external_id) as "orderNumber", s.sub_id as "subId",
      s.sale_minor as "saleMinor", s.commission_minor as "commissionMinor",
      ${RETURNED} as "returnedMinor",
      coalesce(c.rate_basis::text, m.rate_basis::text, config.rate_basis::text) as "rateBasis",
      coalesce(c.rate_bps, m.rate_bps, config.rate_bps)::int as "rateBps",
      case when a.id is not null then json_build_object('id', a.id, 'member', a.member_id,
        'memberName', u.name, 'requestedBy', a.requested_by_id, 'requestedByName', by.name,
        'createdAt', a.created_at) end as pending
    from network_transactions s join networks n on n.id = s.network_id
    cross join (select rate_basis, rate_bps from cashback_config limit 1) config
    left join lateral (select p._parent_id from merchants_programs p where s.merchant_id is null
      and p.network_id = s.network_id and p.program_id = s.program_id limit 1) p on true
    left join merchants m on m.id = coalesce(s.merchant_id, p._parent_id)
    left join clicks c on c.id = s.click_id and coalesce(c.merchant_id = m.id, true)
    left join sale_assignments a on a.sale_id = s.id and a.status = 'pending'
    left join users u on u.id = a.member_id left join users by on by.id = a.requested_by_id
    where s.id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`)
  return rows.map(({ pending, rateBasis, rateBps, ...row }) => ({
    ...row,
    pending: pending && { ...pending, createdAt: new Date(pending.createdAt).toISOString() },
    saleMinor: row.saleMinor === null ? null : Number(row.saleMinor),
    commissionMinor: Number(row.commissionMinor),
    returnedMinor: Number(row.returnedMinor),
    rate: { basis: rateBasis, rateBps },
  }))
}
