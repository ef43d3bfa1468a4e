import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import type { CashbackRate } from '../../domain/cashback/cashback.ts'
import type { ExplainedCashback } from '../../domain/cashback/explainCashback.ts'
import { readDb } from '../../database/readDb.ts'
import { selectTrail, type TrailRow } from '../../ledger/selectTrail.ts'
import { lastKnownStatus, REVERSED_MINOR } from './transactionStore/transactionSql.ts'

type Named = { id: string; name: string }

/**
 * An order's cashback with its member, its network transaction, its click and all its transfers.
 */
export type CashbackStory = {
  cashback: ExplainedCashback
  member: Named
  network: Named
  transaction: {
    id: string
    externalId: string
    orderId: string | null
    eventAt: string
    changedAt: string | null
    observedAt: string
    paidAt: string | null
  }
  click: { id: string; clickId: string; at: string } | null
  autoApprovedAt: string | null
  trackedAt: string
  transfers: TrailRow[]
}

type StoryRow = Omit<CashbackStory, 'cashback'> & {
  cashback: Omit<ExplainedCashback, 'rate'> & { rateBasis: CashbackRate['basis']; rateBps: number }
}

const CASHBACK = sql`jsonb_build_object(
  'status', e.status,
  'merchantName', coalesce(m.name, s.merchant_name, ''),
  'amountMinor', e.amount_minor,
  'creditedMinor', e.credited_minor,
  'currency', e.currency,
  'rateBasis', e.rate_basis,
  'rateBps', e.rate_bps,
  'autoApproval', case when e.auto_approved_at is not null
    then jsonb_build_object('capMinor', e.auto_approve_cap_minor) end,
  'hold', case when e.hold is not null then jsonb_build_object(
    'status', e.hold,
    'fileImport', (
      select h.file_import_id from held_credits h
      where h.transaction_id = s.id and h.status in ('held', 'rejected')
      order by h.id desc limit 1
    )
  ) end,
  'transaction', jsonb_build_object(
    'status', ${lastKnownStatus(sql`s`)},
    'rawStatus', s.raw_status,
    'saleMinor', s.sale_minor,
    'commissionMinor', s.commission_minor,
    'comment', s.comment,
    'reversedMinor', ${REVERSED_MINOR}
  )
)`

/**
 * Loads the story of a cashback event in one query; null if there is no such event. The caller
 * checks access.
 */
export const loadCashbackStory = async (
  req: Pick<PayloadRequest, 'payload' | 'transactionID'>,
  eventId: string,
): Promise<CashbackStory | null> => {
  const db = await readDb(req)
  const { rows } = await db.execute<{ story: StoryRow }>(sql`
    select jsonb_build_object(
      'cashback', ${CASHBACK},
      'member', jsonb_build_object('id', u.id, 'name', coalesce(u.name, u.email)),
      'network', jsonb_build_object('id', n.id, 'name', n.name),
      'transaction', jsonb_build_object(
        'id', s.id,
        'externalId', s.external_id,
        'orderId', s.order_id,
        'eventAt', s.event_at,
        'changedAt', s.changed_at,
        'observedAt', s.observed_at,
        'paidAt', s.paid_at
      ),
      'click', case when c.id is not null
        then jsonb_build_object('id', c.id, 'clickId', c.click_id, 'at', c.created_at) end,
      'autoApprovedAt', e.auto_approved_at,
      'trackedAt', e.tracked_at,
      'transfers', ${selectTrail(sql`t.cashback_event_id = e.id`)}
    ) as story
    from cashback_events e
    join network_transactions s on s.id = e.transaction_id
    join networks n on n.id = s.network_id
    join users u on u.id = e.member_id
    left join merchants m on m.id = e.merchant_id
    left join clicks c on c.id = e.click_id
    where e.id = ${eventId}`)
  const row = rows[0]?.story
  if (!row) return null
  const { rateBasis, rateBps, ...cashback } = row.cashback
  return { ...row, cashback: { ...cashback, rate: { basis: rateBasis, rateBps } } }
}
