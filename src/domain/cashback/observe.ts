import type { TransactionStatus } from './transaction.ts'

/** When something was seen of a transaction. Instants as ISO 8601 UTC. */
export type Observation = {
  /** The network's own time of its last change; null where the network gives none. */
  changedAt: string | null
  /** When the network was read, or its postback received. */
  observedAt: string
}

/** An observation with the stored page that holds it. Page ids are in the order of storing. */
export type StoredObservation = Observation & { page: string | null }

type NewObservation = StoredObservation & { status: TransactionStatus; contentHash: string }

/** What is stored of a transaction, as far as a new observation is compared with it. */
export type LastObservation = StoredObservation & {
  contentHash: string
  /** Reported by postbacks alone: whatever the API reports replaces it. */
  isProvisional: boolean
  /** The API has reported it with a status that its adapter knows. */
  hasKnownStatus: boolean
}

/**
 * - `outdated`: what is stored is later, and stays
 * - `unchanged`: later, and the same as before
 * - `unmapped`: an unmapped status of a transaction that has a last known status
 * - `changed`: new, or other than before
 */
export type ObservationResult = 'outdated' | 'unchanged' | 'unmapped' | 'changed'

type Compared = { seen: NewObservation; stored: LastObservation | null; isReplay: boolean }

/** Decides what a new observation of a transaction does to what is stored of it, if anything is. */
export const observe = ({ isReplay, seen, stored }: Compared): ObservationResult => {
  if (stored && !stored.isProvisional) {
    const wins = isReplay ? replacesOnReplay(seen, stored) : supersedes(seen, stored)
    if (!wins) return 'outdated'
    if (seen.contentHash === stored.contentHash) return 'unchanged'
  }
  return seen.status === 'unknown' && stored?.hasKnownStatus ? 'unmapped' : 'changed'
}

/**
 * Whether an observation replaces one that was stored before it: by the network's own time of the
 * change, else by when the network was read. Of two with equal times the one stored later wins,
 * such as the corrected file of a day. A status that is further along is no sign of being right.
 */
export const supersedes = (one: Observation, before: Observation): boolean => {
  const hasChangeTimes = one.changedAt !== null && before.changedAt !== null
  const changed = hasChangeTimes ? msBetween(before.changedAt, one.changedAt) : 0
  if (changed !== 0) return changed > 0
  return msBetween(before.observedAt, one.observedAt) >= 0
}

/**
 * Whether an observation that is replayed, perhaps by a corrected adapter, replaces what is stored.
 * That of the same page does: it is the same observation, read better. One that was made earlier,
 * or at the same time by a page that was stored earlier, never does, so that money does not repeat
 * its past moves.
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
