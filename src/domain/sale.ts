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

/** When something was seen of a sale. Instants as ISO 8601 UTC. */
export type Observation = {
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
 * Whether an observation of a sale takes the place of one that was stored before it: by the
 * network's own time of the change, else by when it was asked. Of two of one time the one that is
 * stored later stands, such as the corrected file of a day: how far the sale is says nothing of
 * which is right.
 */
export const isNews = (one: Observation, before: Observation): boolean => {
  const isTold = one.changedAt !== null && before.changedAt !== null
  const changed = isTold ? msBetween(before.changedAt, one.changedAt) : 0
  if (changed !== 0) return changed > 0
  return msBetween(before.observedAt, one.observedAt) >= 0
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

/** An observation with the stored page that told it; their ids are in the order of storing. */
export type StoredObservation = Observation & { page: string | null }

/**
 * Whether an observation that is read again, by a reader that was mended meanwhile, takes the place
 * of what is known. That of the same page does: it is the same thing, better understood. One that
 * was made before, or at the same time by a page that was stored before, never does, whatever it
 * says now, so that money does not walk through the past again.
 */
export const isReread = (one: StoredObservation, known: StoredObservation): boolean => {
  const observed = msBetween(known.observedAt, one.observedAt)
  if (observed !== 0) return observed > 0 && isNews(one, known)
  if (one.page === known.page) return true
  return (one.page ?? '') > (known.page ?? '') && isNews(one, known)
}

/** By the instants, which can be written in more than one way. */
const msBetween = (from: string | null, to: string | null): number =>
  Date.parse(to ?? '') - Date.parse(from ?? '')
