/** The statuses of the cashback for one order. */
export const CASHBACK_STATUSES = ['pending', 'approved', 'paid', 'declined', 'reversed'] as const
export type CashbackStatus = (typeof CASHBACK_STATUSES)[number]

/** The statuses of a transaction that determine its cashback. */
type MappedStatus = 'pending' | 'confirmed' | 'approved' | 'paid' | 'declined'

/**
 * An automatic approval before the network's own. It credits no more than its cap; null: no cap.
 */
type AutoApproval = { capMinor: number | null }

type Facts = {
  /** Null while there is no event yet. */
  before: CashbackStatus | null
  /** `unknown`: the status is unmapped, so no money moves. */
  transactionStatus: MappedStatus | 'unknown'
  /** The member's whole share. */
  amountMinor: number
  autoApproval: AutoApproval | null
}

export type CashbackDecision = {
  status: CashbackStatus
  /** The amount that the member's wallet should hold; the ledger moves the difference. */
  creditMinor: number
}

type NextStatus = Record<CashbackStatus | 'none', CashbackStatus>

const UNDECIDED: NextStatus = {
  none: 'pending',
  pending: 'pending',
  approved: 'reversed',
  paid: 'reversed',
  declined: 'declined',
  reversed: 'reversed',
}

/**
 * The state machine: by the transaction's status and the event's current status, the event's next
 * status. An event that was approved and is no longer approved is `reversed`; an appeal can approve
 * it again.
 */
const NEXT_STATUS: Readonly<Record<MappedStatus, Readonly<NextStatus>>> = {
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
 * Decides the next status of an event from its transaction's status, and the amount to credit: the
 * whole share once the network approves, the share up to the cap under an automatic approval, else
 * nothing. Returns null for an unmapped status: then status and amount stay.
 *
 * @example decideCashback({ before: 'approved', transactionStatus: 'declined', amountMinor: 8_747, autoApproval: null }) // { status: 'reversed', creditMinor: 0 }
 */
export const decideCashback = ({
  amountMinor,
  autoApproval,
  before,
  transactionStatus,
}: Facts): CashbackDecision | null => {
  if (transactionStatus === 'unknown') return null
  if (autoApproval && NEXT_STATUS[transactionStatus] === UNDECIDED) {
    const capMinor = autoApproval.capMinor ?? amountMinor
    return { status: 'approved', creditMinor: Math.min(amountMinor, capMinor) }
  }
  const status = NEXT_STATUS[transactionStatus][before ?? 'none']
  return { status, creditMinor: status === 'approved' || status === 'paid' ? amountMinor : 0 }
}

/** A limit on what may be credited, set because people and not a network caused the credit. */
type CreditLimit = {
  /** The event's status before; null while there is no event yet. */
  before: CashbackStatus | null
  /** In minor units; null: no limit. */
  ceilingMinor: number | null
  /** True if a second person has rejected what is above the limit. */
  isRejected: boolean
}

/**
 * Limits a decision to a ceiling. If nothing may be credited, the cashback is pending, as if the
 * network had not approved it yet; after a rejection it is declined.
 *
 * @example limitCredit({ status: 'approved', creditMinor: 8_747 }, { before: null, ceilingMinor: 0, isRejected: false }) // { status: 'pending', creditMinor: 0 }
 */
export const limitCredit = (
  decision: CashbackDecision,
  { before, ceilingMinor, isRejected }: CreditLimit,
): CashbackDecision => {
  if (ceilingMinor === null || decision.creditMinor <= ceilingMinor) return decision
  if (ceilingMinor > 0) return { ...decision, creditMinor: ceilingMinor }
  const status = (isRejected ? NEXT_STATUS.declined : UNDECIDED)[before ?? 'none']
  const wasApproved = before === 'approved' || before === 'paid'
  // An approved event of zero that is to grow was never reversed.
  return { status: wasApproved && !isRejected ? decision.status : status, creditMinor: 0 }
}
