/** How far the cashback for one order is. */
export const CASHBACK_STATUSES = ['pending', 'approved', 'paid', 'declined', 'reversed'] as const
export type CashbackStatus = (typeof CASHBACK_STATUSES)[number]

/** The states of a transaction that cashback follows. */
type TransactionStatus = 'pending' | 'confirmed' | 'approved' | 'paid' | 'declined'

/** An automatic approval before the network's own; never more than its cap. */
type AutoApproval = { capMinor: number | null }

type Facts = {
  /** Null while there is no event yet. */
  before: CashbackStatus | null
  /** `unknown`: an unmapped status, so no money moves. */
  transaction: TransactionStatus | 'unknown'
  /** The member's whole share. */
  amountMinor: number
  grant: AutoApproval | null
}

export type CashbackDecision = {
  status: CashbackStatus
  /** The part of it that the member's wallet should hold; the ledger moves the difference. */
  creditMinor: number
}

type Moves = Record<CashbackStatus | 'none', CashbackStatus>

const UNDECIDED: Moves = {
  none: 'pending',
  pending: 'pending',
  approved: 'reversed',
  paid: 'reversed',
  declined: 'declined',
  reversed: 'reversed',
}

/**
 * The state machine: the transaction's status, then the event's status before, then the one after.
 * An event that was approved and is not any more is `reversed`; an appeal can approve it again.
 */
const CASHBACK_MOVES: Readonly<Record<TransactionStatus, Readonly<Moves>>> = {
  pending: UNDECIDED,
  confirmed: UNDECIDED,
  approved: {
    none: 'approved',
    pending: 'approved',
    approved: 'approved',
    paid: 'approved',
    declined: 'approved',
    reversed: 'approved',
  },
  paid: {
    none: 'paid',
    pending: 'paid',
    approved: 'paid',
    paid: 'paid',
    declined: 'paid',
    reversed: 'paid',
  },
  declined: {
    none: 'declined',
    pending: 'declined',
    approved: 'reversed',
    paid: 'reversed',
    declined: 'declined',
    reversed: 'reversed',
  },
}

/**
 * Decides the next status of an event by its transaction's status, and its credit: all of it once
 * the network approves, up to the cap by automatic approval, else nothing. Null for an unmapped
 * status, where everything stays, the amount too.
 *
 * @example decideCashback({ before: 'approved', transaction: 'declined', amountMinor: 8_747, grant: null }) // { status: 'reversed', creditMinor: 0 }
 */
export const decideCashback = ({
  amountMinor,
  before,
  grant,
  transaction,
}: Facts): CashbackDecision | null => {
  if (transaction === 'unknown') return null
  if (grant && CASHBACK_MOVES[transaction] === UNDECIDED) {
    return { status: 'approved', creditMinor: Math.min(amountMinor, grant.capMinor ?? amountMinor) }
  }
  const status = CASHBACK_MOVES[transaction][before ?? 'none']
  return { status, creditMinor: status === 'approved' || status === 'paid' ? amountMinor : 0 }
}
