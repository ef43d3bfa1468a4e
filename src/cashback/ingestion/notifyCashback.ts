import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { dbIn } from '../../database/dbIn.ts'
import { cashbackCredited } from '../../messaging/templates/cashbackCredited.ts'
import { cashbackDeclined } from '../../messaging/templates/cashbackDeclined.ts'
import { cashbackTracked } from '../../messaging/templates/cashbackTracked.ts'
import { type Notice, queueNotifications } from '../../messaging/outbox/queueNotifications.ts'
import type { Decided } from './types.ts'
import type { SavedEvent } from './eventStore.ts'

type NotifyInput = {
  decided: Decided[]
  events: Map<string, SavedEvent>
  /** The ids of transfers by the ids of their network transactions. */
  moved: Map<string, string>
  now: Date
}

/**
 * Queues messages to members about orders that were tracked, credited or declined, in the database
 * transaction of the change. Each state is reported once, and each credit once. If an order moves
 * to another member, the former member is notified that it earns nothing, and the new member that
 * it was tracked.
 */
export const notifyCashback = async (
  req: PayloadRequest,
  { decided, events, moved, now }: NotifyInput,
): Promise<void> => {
  const balances = await loadBalancesAfter(req, [...moved.values()])
  const notices = decided.flatMap((one): Notice[] => {
    const event = events.get(one.transaction.id)
    const balanceMinor = balances.get(moved.get(one.transaction.id) ?? '')
    return event
      ? [...noticeToFormerMember(one, event), ...toNotices(one, event, balanceMinor ?? null)]
      : []
  })
  await queueNotifications(req, notices, now)
}

/** Returns the message to the former member, if the network reports the click of another member. */
const noticeToFormerMember = (
  { transaction: { event: before } }: Decided,
  event: SavedEvent,
): Notice[] => {
  if (!before?.former || before.status === 'declined' || before.status === 'reversed') return []
  const { amountMinor, creditedMinor: takenBackMinor, currency, former, member } = before
  const key = `cashback-declined:${event.id}:${event.postings}:${member}`
  const data = { ...former, amountMinor, takenBackMinor, currency }
  return [{ key, user: member, template: cashbackDeclined, data }]
}

const toNotices = (
  { amountMinor, creditMinor, transaction, status }: Decided,
  event: SavedEvent,
  balanceMinor: number | null,
): Notice[] => {
  const before = transaction.event?.member === transaction.member ? transaction.event : null
  const credited =
    creditMinor - (before?.currency === transaction.currency ? before.creditedMinor : 0)
  const data = {
    name: transaction.memberName,
    merchant: transaction.merchantName,
    currency: transaction.currency,
  }
  const notice = { user: transaction.member }
  if (credited > 0 && balanceMinor !== null) {
    const key = `cashback-credited:${event.id}:${event.postings}`
    const content = { ...data, amountMinor: credited, balanceMinor }
    return [{ ...notice, key, template: cashbackCredited, data: content }]
  }
  if (!before && status === 'pending') {
    const key = `cashback-tracked:${event.id}${transaction.event ? `:${transaction.member}` : ''}`
    return [{ ...notice, key, template: cashbackTracked, data: { ...data, amountMinor } }]
  }
  if ((status === 'declined' || status === 'reversed') && before?.status !== status) {
    const key = `cashback-declined:${event.id}:${event.postings}`
    const content = { ...data, amountMinor, takenBackMinor: Math.max(0, -credited) }
    return [{ ...notice, key, template: cashbackDeclined, data: content }]
  }
  return []
}

const loadBalancesAfter = async (
  req: PayloadRequest,
  transfers: string[],
): Promise<Map<string, number>> => {
  if (transfers.length === 0) return new Map()
  const db = await dbIn(req)
  const { rows } = await db.execute<{ id: string; balance: string | null }>(sql`
    select id::text, to_balance_after as balance from wallet_transactions
    where id in (
      select value::uuid from jsonb_array_elements_text(${JSON.stringify(transfers)}::jsonb)
    )`)
  return new Map(rows.map(({ balance, id }) => [id, Number(balance)]))
}
