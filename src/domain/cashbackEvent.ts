/** How far the cashback for one order is. */
export const CASHBACK_STATUSES = ['pending', 'approved', 'paid', 'declined', 'reversed'] as const
export type CashbackStatus = (typeof CASHBACK_STATUSES)[number]

/** The states of a sale that cashback follows; `unknown` moves nothing. */
type SaleStatus = 'pending' | 'confirmed' | 'approved' | 'paid' | 'declined' | 'unknown'

/** An approval by age, given while the network still thinks; never more than its cap. */
type AgeGrant = { capMinor: number | null }

type Facts = {
  /** Null while there is no event yet. */
  before: CashbackStatus | null
  sale: SaleStatus
  /** The member's whole share. */
  amountMinor: number
  grant: AgeGrant | null
}

export type CashbackDecision = {
  status: CashbackStatus
  /** What the member's wallet should hold of it; the ledger moves the difference. */
  creditMinor: number
}

/**
 * Where an event goes when the network says this of its sale, and what it is worth then. Null when
 * nothing is to be kept: a word that nobody knows, of a sale that has no event.
 *
 * What was approved and is not any more is `reversed`, and can be approved again by an appeal. A
 * decline undoes an approval by age as well.
 */
export const decideCashback = (facts: Facts): CashbackDecision | null => {
  const status = NEXT[facts.sale](facts)
  if (status === null) return null
  return { status, creditMinor: creditOf(facts, status) }
}

const wasApproved = ({ before }: Facts): boolean =>
  before === 'approved' || before === 'paid' || before === 'reversed'

const NEXT: Record<SaleStatus, (facts: Facts) => CashbackStatus | null> = {
  pending: (facts) => undecided(facts),
  confirmed: (facts) => undecided(facts),
  approved: () => 'approved',
  paid: () => 'paid',
  declined: (facts) => (wasApproved(facts) ? 'reversed' : 'declined'),
  unknown: ({ before }) => before,
}

/** The network thinks, or thinks again: only an approval by age stands meanwhile. */
const undecided = (facts: Facts): CashbackStatus => {
  if (facts.grant) return 'approved'
  if (wasApproved(facts)) return 'reversed'
  return facts.before === 'declined' ? 'declined' : 'pending'
}

const creditOf = ({ amountMinor, grant, sale }: Facts, status: CashbackStatus): number => {
  if (status !== 'approved' && status !== 'paid') return 0
  const isByNetwork = sale === 'approved' || sale === 'paid'
  return isByNetwork ? amountMinor : Math.min(amountMinor, grant?.capMinor ?? amountMinor)
}
