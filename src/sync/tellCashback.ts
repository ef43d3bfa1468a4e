import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { transactionOf } from '../ledger/transactionOf.ts'
import { cashbackCredited } from '../messaging/templates/cashbackCredited.ts'
import { cashbackDeclined } from '../messaging/templates/cashbackDeclined.ts'
import { cashbackTracked } from '../messaging/templates/cashbackTracked.ts'
import { type Notice, queueNotifications } from '../outbox/queueNotifications.ts'
import type { Decided } from './types.ts'
import type { SavedEvent } from './saveEvents.ts'

type News = {
  decided: Decided[]
  events: Map<string, SavedEvent>
  /** Transfers by their sale. */
  moved: Map<string, string>
  now: Date
}

/**
 * Tells members that an order was seen, credited or declined, in the transaction that makes it so;
 * each is told once, a credit once for each that is. Of an order that turns out to be another
 * member's, the first hears that nothing comes of it, and the second as of one that is new.
 */
export const tellCashback = async (
  req: PayloadRequest,
  { decided, events, moved, now }: News,
): Promise<void> => {
  const balances = await balancesAfter(req, [...moved.values()])
  const notices = decided.flatMap((one): Notice[] => {
    const event = events.get(one.sale.id)
    const balanceMinor = balances.get(moved.get(one.sale.id) ?? '')
    return event ? [...formerNotice(one, event), ...noticeOf(one, event, balanceMinor ?? null)] : []
  })
  await queueNotifications(req, notices, now)
}

/** To whom the order was, until the network named another member's click. */
const formerNotice = ({ sale: { event: before } }: Decided, event: SavedEvent): Notice[] => {
  if (!before?.former || before.status === 'declined' || before.status === 'reversed') return []
  const { amountMinor, creditedMinor: takenBackMinor, currency, former, member } = before
  const key = `cashback-declined:${event.id}:${event.postings}:${member}`
  const data = { ...former, amountMinor, takenBackMinor, currency }
  return [{ key, user: member, template: cashbackDeclined, data }]
}

const noticeOf = (
  { amountMinor, creditMinor, sale, status }: Decided,
  event: SavedEvent,
  balanceMinor: number | null,
): Notice[] => {
  const before = sale.event?.member === sale.member ? sale.event : null
  const credited = creditMinor - (before?.currency === sale.currency ? before.creditedMinor : 0)
  const data = { name: sale.memberName, merchant: sale.merchantName, currency: sale.currency }
  const notice = { user: sale.member }
  if (credited > 0 && balanceMinor !== null) {
    const key = `cashback-credited:${event.id}:${event.postings}`
    const content = { ...data, amountMinor: credited, balanceMinor }
    return [{ ...notice, key, template: cashbackCredited, data: content }]
  }
  if (!before && status === 'pending') {
    const key = `cashback-tracked:${event.id}${sale.event ? `:${sale.member}` : ''}`
    return [{ ...notice, key, template: cashbackTracked, data: { ...data, amountMinor } }]
  }
  if ((status === 'declined' || status === 'reversed') && before?.status !== status) {
    const key = `cashback-declined:${event.id}:${event.postings}`
    const content = { ...data, amountMinor, takenBackMinor: Math.max(0, -credited) }
    return [{ ...notice, key, template: cashbackDeclined, data: content }]
  }
  return []
}

const balancesAfter = async (
  req: PayloadRequest,
  transfers: string[],
): Promise<Map<string, number>> => {
  if (transfers.length === 0) return new Map()
  const db = await transactionOf(req)
  const { rows } = await db.execute<{ id: string; balance: string | null }>(sql`
    select id::text, to_balance_after as balance from wallet_transactions
    where id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(transfers)}::jsonb))`)
  return new Map(rows.map(({ balance, id }) => [id, Number(balance)]))
}
