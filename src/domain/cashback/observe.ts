import type { TransactionStatus } from './transaction.ts'

/** The times of an observation of a transaction. Instants as ISO 8601, UTC. */
export type Observation = {
  /** The network's time of the last change; null if the network reports none. */
  changedAt: string | null
  /** The time when the network was read, or when its postback was received. */
  observedAt: string
}

/** An observation with its stored page. Ids of pages ascend in the order of storing. */
export type StoredObservation = Observation & { page: string | null }

type NewObservation = StoredObservation & { status: TransactionStatus; contentHash: string }

/** The stored state of a transaction, as far as a new observation is compared with it. */
export type LastObservation = StoredObservation & {
  contentHash: string
  /** True if only postbacks reported it: any report of the API replaces it. */
  isProvisional: boolean
  /** True if the API has reported it with a status that its adapter knows. */
  hasKnownStatus: boolean
}

/**
 * - `outdated`: the stored observation is later, and stays
 * - `unchanged`: the new one is later, with the same content
 * - `unmapped`: the new one has an unmapped status, and the transaction has a last known status
 * - `changed`: the transaction is new, or its content differs
 */
export type ObservationResult = 'outdated' | 'unchanged' | 'unmapped' | 'changed'

type Compared = { seen: NewObservation; stored: LastObservation | null; isReplay: boolean }

/**
 * Decides how a new observation of a transaction changes the stored one. `stored` is null for a new
 * transaction.
 */
export const observe = ({ isReplay, seen, stored }: Compared): ObservationResult => {
  if (stored && !stored.isProvisional) {
    const wins = isReplay ? replacesOnReplay(seen, stored) : supersedes(seen, stored)
    if (!wins) return 'outdated'
    if (seen.contentHash === stored.contentHash) return 'unchanged'
  }
  return seen.status === 'unknown' && stored?.hasKnownStatus ? 'unmapped' : 'changed'
}

/**
 * Returns true if an observation supersedes one that was stored before it. The later one wins: by
 * the network's time of the change, else by the time when the network was read. Of two with equal
 * times the one stored later wins, such as the corrected file of a day. The status does not matter:
 * one that is further along need not be right.
 */
export const supersedes = (one: Observation, before: Observation): boolean => {
  const hasChangeTimes = one.changedAt !== null && before.changedAt !== null
  const changed = hasChangeTimes ? msBetween(before.changedAt, one.changedAt) : 0
  if (changed !== 0) return changed > 0
  return msBetween(before.observedAt, one.observedAt) >= 0
}

/**
 * Returns true if a replayed observation, perhaps read by a corrected adapter, replaces the stored
 * one. An observation of the same page does, since it is the same observation, read better. One
 * that was made earlier, or at the same time by a page that was stored earlier, never does:
 * otherwise money would repeat its past moves.
 */
export const replacesOnReplay = (one: StoredObservation, known: StoredObservation): boolean => {
  const observed = msBetween(known.observedAt, one.observedAt)
  if (observed !== 0) return observed > 0 && supersedes(one, known)
  if (one.page === known.page) return true
  return (one.page ?? '') > (known.page ?? '') && supersedes(one, known)
}

/** Compares instants, not texts: one instant can be written in more than one way. */
const msBetween = (from: string | null, to: string | null): number =>
  Date.parse(to ?? '') - Date.parse(from ?? '')
