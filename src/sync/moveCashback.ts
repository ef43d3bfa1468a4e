import type { PayloadRequest } from 'payload'

import { postTransfers } from '../ledger/postTransfers.ts'
import type { Transfer } from '../ledger/types.ts'
import { available, platform } from '../ledger/walletRefs.ts'
import { type Move, movesOf } from './movesOf.ts'
import type { SavedEvent } from './saveEvents.ts'
import type { Decided } from './types.ts'

type Moves = { decided: Decided[]; events: Map<string, SavedEvent>; now: Date }

/**
 * Moves the difference between what an event is worth and what of it is in the wallet: a credit, or
 * a clawback, which may take the wallet below zero. Answers the ids of the last transfers by their
 * sale.
 */
export const moveCashback = async (
  req: PayloadRequest,
  { decided, events, now }: Moves,
): Promise<Map<string, string>> => {
  const transfers = decided.flatMap((one) => {
    const event = events.get(one.sale.id)
    return event ? transfersOf(one, event, now) : []
  })
  const posted = await postTransfers(
    req,
    transfers.map(({ transfer }) => transfer),
  )
  return new Map(transfers.map(({ sale, transfer }) => [sale, posted.get(transfer.key)?.id ?? '']))
}

/** The event counts these moves already: the last one has its number. */
const transfersOf = (one: Decided, { id, postings }: SavedEvent, now: Date) =>
  movesOf(one).map((move, index, { length }) => {
    const key = `cashback:${id}:${postings - length + 1 + index}`
    const links = { cashbackEvent: id }
    const transfer: Transfer = { key, links, occurredAt: now, ...sidesOf(move) }
    return { sale: one.sale.id, transfer }
  })

const sidesOf = ({ currency, deltaMinor, member }: Move) => {
  const [wallet, expense] = [available(member), platform('cashback-expense')]
  const amountMinor = Math.abs(deltaMinor)
  return deltaMinor > 0
    ? { kind: 'cashback' as const, from: expense, to: wallet, amountMinor, currency }
    : { kind: 'clawback' as const, from: wallet, to: expense, amountMinor, currency }
}
