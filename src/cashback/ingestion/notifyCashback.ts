import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { dbIn } from '../../database/dbIn.ts'
import { decideNotice } from '../../domain/cashback/decideNotice.ts'
import { cashbackChanged } from '../../messaging/templates/cashbackChanged.ts'
import { cashbackCredited } from '../../messaging/templates/cashbackCredited.ts'
import { cashbackDeclined } from '../../messaging/templates/cashbackDeclined.ts'
import { cashbackOnHold } from '../../messaging/templates/cashbackOnHold.ts'
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
 * Queues the messages that `decideNotice` decides, in the database transaction of the change. Each
 * change is reported once. If an order moves
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
    const balanceMinor = balances.get(moved.get(one.transaction.id) ?? '') ?? null
    return event
      ? [...noticeToFormerMember(one, event), ...toNotices(one, { balanceMinor, event, now })]
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

type Change = { event: SavedEvent; balanceMinor: number | null; now: Date }

/** Returns the message to the present member; none if no amount changes that they see. */
const toNotices = (decided: Decided, { balanceMinor, event, now }: Change): Notice[] => {
  const { amountMinor, creditMinor, status, transaction } = decided
  const { currency, event: stored, member, memberName: name, merchantName: merchant } = transaction
  const isSeen = stored?.member === member && stored.currency === currency
  const notice = decideNotice({
    before: isSeen ? stored : null,
    after: { status, amountMinor, creditedMinor: creditMinor },
    transactionStatus: transaction.isUnattributed ? 'declined' : transaction.status,
  })
  if (!notice) return []
  const { kind, ...amounts } = notice
  const to = { user: member, key: `cashback-${kind}:${event.id}:${event.postings}` }
  const data = { name, merchant, currency, ...amounts }
  switch (notice.kind) {
    case 'credited':
      if (balanceMinor === null) return []
      return [{ ...to, template: cashbackCredited, data: { ...data, balanceMinor } }]
    case 'tracked':
      return [{ ...to, key: `${to.key}:${member}`, template: cashbackTracked, data }]
    case 'changed':
      // An expected amount may change back and forth, without a posting between.
      return [{ ...to, key: `${to.key}:${now.getTime()}`, template: cashbackChanged, data }]
    case 'on-hold':
      return [{ ...to, template: cashbackOnHold, data }]
    case 'declined':
      return [{ ...to, template: cashbackDeclined, data }]
  }
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
