import type { CashbackStatus } from './cashbackEvent.ts'
import type { TransactionStatus } from './transaction.ts'

/** What a member sees of an order's cashback. Amounts in minor units. */
type Seen = {
  status: CashbackStatus
  /** The member's whole share. */
  amountMinor: number
  /** The part of it that is in the wallet. */
  creditedMinor: number
}

export type CashbackNotice =
  | { kind: 'tracked'; amountMinor: number }
  | { kind: 'credited'; amountMinor: number }
  | { kind: 'changed'; fromMinor: number; toMinor: number; isCredited: boolean }
  | { kind: 'on-hold'; takenBackMinor: number }
  | { kind: 'declined'; amountMinor: number; takenBackMinor: number }

type Change = {
  /** Null if the member has seen nothing of the order, in this currency. */
  before: Seen | null
  after: Seen
  transactionStatus: TransactionStatus
}

const NOTHING: Seen = { status: 'pending', amountMinor: 0, creditedMinor: 0 }

/**
 * Decides which message a change causes: exactly one when an amount that the member can
 * see or lose changes, and none about nothing. An order that its network puts back on hold is not
 * declined, because the money can come again.
 *
 * @example decideNotice({ before: null, after: { status: 'pending', amountMinor: 0, creditedMinor: 0 }, transactionStatus: 'pending' }) // null
 */
export const decideNotice = ({
  after,
  before,
  transactionStatus,
}: Change): CashbackNotice | null => {
  const earlier = before ?? NOTHING
  const gainedMinor = after.creditedMinor - earlier.creditedMinor
  if (gainedMinor > 0) return { kind: 'credited', amountMinor: gainedMinor }
  if (isOver(after)) return decideEnd({ after, before, transactionStatus })
  if (gainedMinor < 0) {
    const [fromMinor, toMinor] = [earlier.creditedMinor, after.creditedMinor]
    return { kind: 'changed', fromMinor, toMinor, isCredited: true }
  }
  if (after.status !== 'pending') return null
  const fromMinor = isOver(earlier) ? 0 : earlier.amountMinor
  const toMinor = after.amountMinor
  if (fromMinor === toMinor) return null
  return fromMinor === 0
    ? { kind: 'tracked', amountMinor: toMinor }
    : { kind: 'changed', fromMinor, toMinor, isCredited: false }
}

const isOver = ({ status }: Seen): boolean => status === 'declined' || status === 'reversed'

const decideEnd = ({ after, before, transactionStatus }: Change): CashbackNotice | null => {
  const takenBackMinor = before?.creditedMinor ?? 0
  const isHeld = transactionStatus === 'pending' || transactionStatus === 'confirmed'
  if (isHeld) return takenBackMinor > 0 ? { kind: 'on-hold', takenBackMinor } : null
  const wasOver = before !== null && isOver(before) && takenBackMinor === 0
  const amountMinor = Math.max(before?.amountMinor ?? 0, after.amountMinor)
  return wasOver || amountMinor === 0 ? null : { kind: 'declined', amountMinor, takenBackMinor }
}
