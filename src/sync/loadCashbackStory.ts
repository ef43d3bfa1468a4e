import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import type { CashbackRate } from '../domain/cashback.ts'
import type { ToldCashback } from '../domain/explainCashback.ts'
import { readerOf } from '../ledger/readerOf.ts'
import { trailOf, type TrailRow } from '../ledger/trailOf.ts'
import { RETURNED } from './returned.ts'
import { standing } from './standing.ts'

type Named = { id: string; name: string }

/** An order's cashback with what surrounds it: people, the sale, and every transfer. */
export type CashbackStory = {
  told: ToldCashback
  member: Named
  network: Named
  sale: {
    id: string
    externalId: string
    orderId: string | null
    eventAt: string
    changedAt: string | null
    observedAt: string
    paidAt: string | null
  }
  click: { id: string; clickId: string; at: string } | null
  grantedAt: string | null
  trackedAt: string
  transfers: TrailRow[]
}

type Row = Omit<CashbackStory, 'told'> & {
  told: Omit<ToldCashback, 'rate'> & { rateBasis: CashbackRate['basis']; rateBps: number }
}

/** Reads all of it in one statement; null for an unknown event. Checks nobody's rights. */
export const loadCashbackStory = async (
  req: Pick<PayloadRequest, 'payload' | 'transactionID'>,
  eventId: string,
): Promise<CashbackStory | null> => {
  const db = await readerOf(req)
  const { rows } = await db.execute<{ story: Row }>(sql`
    select jsonb_build_object(
      'told', jsonb_build_object('status', e.status, 'merchantName', coalesce(m.name, s.merchant_name, ''),
        'amountMinor', e.amount_minor, 'creditedMinor', e.credited_minor, 'currency', e.currency,
        'rateBasis', e.rate_basis, 'rateBps', e.rate_bps,
        'grant', case when e.granted_at is not null
          then jsonb_build_object('capMinor', e.grant_cap_minor) end,
        'sale', jsonb_build_object('status', ${standing(sql`s`)}, 'rawStatus', s.raw_status,
          'saleMinor', s.sale_minor, 'commissionMinor', s.commission_minor, 'comment', s.comment,
          'returnedMinor', ${RETURNED})),
      'member', jsonb_build_object('id', u.id, 'name', coalesce(u.name, u.email)),
      'network', jsonb_build_object('id', n.id, 'name', n.name),
      'sale', jsonb_build_object('id', s.id, 'externalId', s.external_id, 'orderId', s.order_id,
        'eventAt', s.event_at, 'changedAt', s.changed_at, 'observedAt', s.observed_at,
        'paidAt', s.paid_at),
      'click', case when c.id is not null
        then jsonb_build_object('id', c.id, 'clickId', c.click_id, 'at', c.created_at) end,
      'grantedAt', e.granted_at, 'trackedAt', e.tracked_at,
      'transfers', ${trailOf(sql`t.cashback_event_id = e.id`)}
    ) as story
    from cashback_events e join network_transactions s on s.id = e.sale_id
    join networks n on n.id = s.network_id join users u on u.id = e.member_id
    left join merchants m on m.id = e.merchant_id left join clicks c on c.id = e.click_id
    where e.id = ${eventId}`)
  const row = rows[0]?.story
  if (!row) return null
  const { rateBasis, rateBps, ...told } = row.told
  return { ...row, told: { ...told, rate: { basis: rateBasis, rateBps } } }
}
