/** How far the cashback for one order is. */
export const CASHBACK_STATUSES = ['pending', 'approved', 'paid', 'declined', 'reversed'] as const
export type CashbackStatus = (typeof CASHBACK_STATUSES)[number]

/** The states of a sale that cashback follows. */
type SaleStatus = 'pending' | 'confirmed' | 'approved' | 'paid' | 'declined'

/** An approval by age, given while the network still thinks; never more than its cap. */
type AgeGrant = { capMinor: number | null }

type Facts = {
  /** Null while there is no event yet. */
  before: CashbackStatus | null
  /** `unknown`: a word that nobody knows, so nothing moves. */
  sale: SaleStatus | 'unknown'
  /** The member's whole share. */
  amountMinor: number
  grant: AgeGrant | null
}

export type CashbackDecision = {
  status: CashbackStatus
  /** What the member's wallet should hold of it; the ledger moves the difference. */
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
 * The state machine: by what the network says of the sale, from where an event is to where it goes.
 * What was approved and is not any more is `reversed`, and can be approved again by an appeal.
 */
const CASHBACK_MOVES: Readonly<Record<SaleStatus, Readonly<Moves>>> = {
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
 * Where an event goes when the network says this of its sale, and what it is worth then: all of it
 * once the network approves, its cap by age, else nothing. Null where all stays as it is, the amount
 * too: the network says a word that nobody knows.
 *
 * @example decideCashback({ before: 'approved', sale: 'declined', amountMinor: 8_747, grant: null }) // { status: 'reversed', creditMinor: 0 }
 */
export const decideCashback = ({
  amountMinor,
  before,
  grant,
  sale,
}: Facts): CashbackDecision | null => {
  if (sale === 'unknown') return null
  if (grant && CASHBACK_MOVES[sale] === UNDECIDED) {
    return { status: 'approved', creditMinor: Math.min(amountMinor, grant.capMinor ?? amountMinor) }
  }
  const status = CASHBACK_MOVES[sale][before ?? 'none']
  return { status, creditMinor: status === 'approved' || status === 'paid' ? amountMinor : 0 }
}
