/**
 * What a sale is worth to us, in one vocabulary for all networks. `confirmed`: agreed upon and not
 * payable yet. `approved`: payable. `paid`: the network has paid us. `unknown`: a word that the
 * adapter does not know, so no money moves.
 */
export const SALE_STATUSES = [
  'pending',
  'confirmed',
  'approved',
  'paid',
  'declined',
  'unknown',
] as const
export type SaleStatus = (typeof SALE_STATUSES)[number]

/**
 * The state that cashback follows: what a network approved, and has paid for by a statement, is
 * paid. Whatever else it says of the sale since, such as a decline, stands.
 *
 * @example settledStatus('approved', true) // 'paid'
 */
export const settledStatus = (status: SaleStatus, isPaidFor: boolean): SaleStatus =>
  status === 'approved' && isPaidFor ? 'paid' : status

/** Something that was seen of a sale. Instants as ISO 8601 UTC. */
export type Observation = {
  status: SaleStatus
  /** The network's own time of its last change; null where it tells none. */
  changedAt: string | null
  /** When it was asked. */
  observedAt: string
}

const RANK: Record<SaleStatus, number> = {
  unknown: 0,
  pending: 1,
  confirmed: 2,
  declined: 3,
  approved: 4,
  paid: 5,
}

/**
 * Whether one observation of a sale is later than another, whatever the order in which they arrive:
 * by the network's own time of the change, else by when it was asked, else by how far the sale is.
 * Of equals neither is later, so an observation that comes twice changes nothing.
 */
export const isLater = (one: Observation, other: Observation): boolean => {
  const isTold = one.changedAt !== null && other.changedAt !== null
  const changed = isTold ? msBetween(other.changedAt, one.changedAt) : 0
  if (changed !== 0) return changed > 0
  const observed = msBetween(other.observedAt, one.observedAt)
  if (observed !== 0) return observed > 0
  return RANK[one.status] > RANK[other.status]
}

/** Whether a sale that is in one state has come further than in the other. */
export const isFurther = (one: SaleStatus, other: SaleStatus): boolean => RANK[one] > RANK[other]

/**
 * The order whose earnings a row lowers; null of what is no return. Networks write a return as a row
 * of its own below zero, under the order's name.
 */
export const returnedBy = (row: {
  commissionMinor: number
  orderId: string | null
  returnOf: string | null
}): string | null => row.returnOf ?? (row.commissionMinor < 0 ? row.orderId : null)

/**
 * Whether an observation that is read again, by a reader that was mended meanwhile, takes the place
 * of what is known. The same observation does: it is the same thing, better understood. One that was
 * made before never does, whatever it says now, so that money does not walk through the past again.
 */
export const isReread = (one: Observation, other: Observation): boolean => {
  const observed = msBetween(other.observedAt, one.observedAt)
  return observed === 0 || (observed > 0 && isLater(one, other))
}

/** By the instants, which can be written in more than one way. */
const msBetween = (from: string | null, to: string | null): number =>
  Date.parse(to ?? '') - Date.parse(from ?? '')
