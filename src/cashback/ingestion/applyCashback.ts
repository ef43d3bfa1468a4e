import type { PayloadRequest } from 'payload'

import { dbIn } from '../../database/dbIn.ts'
import { computeCashback } from '../../domain/cashback/cashback.ts'
import { decideCashback } from '../../domain/cashback/cashbackEvent.ts'
import { postTransfers } from '../../ledger/postTransfers.ts'
import { available, platform, type Transfer } from '../../ledger/transfer.ts'
import { type EventToSave, type SavedEvent, saveEvents } from './eventStore.ts'
import { limitCredits } from './holds/limitCredits.ts'
import { type LoadedTransaction, loadTransactions } from './loadTransactions.ts'
import { notifyCashback } from './notifyCashback.ts'
import type { Decided, Limited } from './types.ts'

/**
 * Applies the current state of these network transactions to their cashback: writes cashback
 * events, posts the differences to wallets and queues messages, in the caller's database
 * transaction. The number of queries does not grow with the number of transactions. A repeated call
 * changes nothing. What people cause is limited (`limitCredits`): with `fileImport`, the id of an
 * import, no credit grows. Returns the number of changed events.
 *
 * @throws DomainError `import.decided` the import was decided while it was read
 */
export const applyCashback = async (
  req: PayloadRequest,
  { fileImport = null, ids, now }: { ids: string[]; now: Date; fileImport?: string | null },
): Promise<number> => {
  const db = await dbIn(req)
  const wanted = (await loadTransactions(db, ids)).flatMap(decide)
  const decided = (await limitCredits(db, wanted, { fileImport, now })).filter(isChange)
  if (decided.length === 0) return 0
  const events = await saveEvents(db, decided.map(toEvent), now)
  const moved = await moveCashback(req, { decided, events, now })
  await notifyCashback(req, { decided, events, moved, now })
  return decided.length
}

const decide = (transaction: LoadedTransaction): Decided[] => {
  // The event of a former member does not count for the present one.
  const event = transaction.event?.member === transaction.member ? transaction.event : null
  const amountMinor = computeCashback(transaction)
  const decision = decideCashback({
    before: event?.status ?? null,
    transactionStatus: transaction.isUnattributed ? 'declined' : transaction.status,
    amountMinor,
    autoApproval: event?.autoApprovedAt ? { capMinor: event.autoApproveCapMinor } : null,
  })
  return decision ? [{ transaction, amountMinor, ...decision }] : []
}

const isChange = (limited: Limited): boolean => {
  const { amountMinor, ceilingMinor, creditMinor, hold, status, transaction } = limited
  const { click, currency, event, member } = transaction
  return (
    !event ||
    event.member !== member ||
    (click !== null && event.click !== click) ||
    event.currency !== currency ||
    event.status !== status ||
    event.amountMinor !== amountMinor ||
    event.creditedMinor !== creditMinor ||
    event.creditCeilingMinor !== ceilingMinor ||
    event.hold !== hold
  )
}

const toEvent = (decided: Limited): EventToSave => {
  const { amountMinor, ceilingMinor, creditMinor, hold, status, transaction } = decided
  const { click, currency, id, member, merchant, rate } = transaction
  return {
    transaction: id,
    member,
    merchant,
    click,
    status,
    amountMinor,
    creditMinor,
    ceilingMinor,
    hold,
    moves: computeMoves(decided).length,
    currency,
    rateBasis: rate.basis,
    rateBps: rate.rateBps,
  }
}

/** A change of a member's wallet. Below zero: a clawback. Never zero. */
type Move = { member: string; deltaMinor: number; currency: string }

/**
 * The moves from a wallet's present cashback for an order to the decided one: at most one, unless
 * the transaction gets another currency or member. In that case the earlier wallet returns the
 * whole amount, and the new one is credited: an order that moves from Asha, who got 87.47, to Ravi
 * is -87.47 for Asha and 87.47 for Ravi.
 */
const computeMoves = ({
  creditMinor,
  transaction,
}: Pick<Decided, 'creditMinor' | 'transaction'>): Move[] => {
  const { currency, event, member } = transaction
  const credited = event?.creditedMinor ?? 0
  const moves =
    event && (event.currency !== currency || event.member !== member)
      ? [
          { member: event.member, deltaMinor: -credited, currency: event.currency },
          { member, deltaMinor: creditMinor, currency },
        ]
      : [{ member, deltaMinor: creditMinor - credited, currency }]
  return moves.filter(({ deltaMinor }) => deltaMinor !== 0)
}

type Moving = { decided: Decided[]; events: Map<string, SavedEvent>; now: Date }

/**
 * Posts the difference between the credit of an event and the amount that is in the wallet: a
 * credit, or a clawback, which may take the wallet below zero. Returns the ids of the last
 * transfers by their network transaction.
 */
const moveCashback = async (
  req: PayloadRequest,
  { decided, events, now }: Moving,
): Promise<Map<string, string>> => {
  const transfers = decided.flatMap((one) => {
    const event = events.get(one.transaction.id)
    return event ? toTransfers(one, event, now) : []
  })
  const posted = await postTransfers(
    req,
    transfers.map(({ transfer }) => transfer),
  )
  return new Map(
    transfers.map(({ transaction, transfer }) => [transaction, posted.get(transfer.key)?.id ?? '']),
  )
}

/** `postings` already includes these moves, so it is the number of the last one. */
const toTransfers = (one: Decided, { id, postings }: SavedEvent, now: Date) =>
  computeMoves(one).map((move, index, { length }) => {
    const key = `cashback:${id}:${postings - length + 1 + index}`
    const links = { cashbackEvent: id }
    const transfer: Transfer = { key, links, occurredAt: now, ...toSides(move) }
    return { transaction: one.transaction.id, transfer }
  })

const toSides = ({ currency, deltaMinor, member }: Move) => {
  const [wallet, expense] = [available(member), platform('cashback-expense')]
  const amountMinor = Math.abs(deltaMinor)
  return deltaMinor > 0
    ? { kind: 'cashback' as const, from: expense, to: wallet, amountMinor, currency }
    : { kind: 'clawback' as const, from: wallet, to: expense, amountMinor, currency }
}
