import { countSharedLetters } from '../countSharedLetters.ts'
import { normaliseOrderNumber } from './orderKey.ts'

/** The hours before a transaction in which a click may have led to it. */
export const CLICK_WINDOW_HOURS = 48
/** The score from which a member is suggested, and the score from which the match is strong. */
export const SUGGESTED_FROM = 40
export const STRONG_ABOVE = 80

/** An unattributed transaction as its network reports it. Instants as ISO 8601; minor units. */
export type ScoredTransaction = {
  eventAt: string
  /** The time of the click as the network reports it; few networks do. */
  clickedAt: string | null
  saleMinor: number | null
  currency: string
  orderNumber: string | null
  /** The sub-id that the network reports, where our click id belongs. */
  subId: string | null
}

/**
 * The evidence for a member: a click on the merchant before the transaction, an open claim, or
 * both.
 */
export type MatchCandidate = {
  click: {
    clickId: string
    at: string
    /**
     * The number of other members who clicked on the merchant in the click window, and in its last
     * hour.
     */
    others: number
    othersThatHour: number
  } | null
  claim: { orderNumber: string; orderedAt: string; saleMinor: number; currency: string } | null
}

export type MatchReason = { code: MatchReasonCode; points: number; words: string }
type MatchReasonCode =
  | 'claim-amount'
  | 'claim-order'
  | 'claim-time'
  | 'click-id'
  | 'click-rivals'
  | 'click-time'
  | 'click-reported'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** Fewer common letters than this may be a coincidence. */
const MIN_SHARED_LETTERS = 8

/**
 * Scores how well a transaction fits a member, from 0 to 100. Each reason has points and a text for
 * the person who decides; the reason with the most points comes first. The score is a suggestion
 * only: it assigns nothing.
 */
export const scoreMatch = (
  transaction: ScoredTransaction,
  candidate: MatchCandidate,
): { score: number; reasons: MatchReason[] } => {
  const reasons = [
    ...scoreClick(transaction, candidate.click),
    ...scoreClaim(transaction, candidate.claim),
  ]
    .filter(({ points }) => points > 0)
    .sort((one, other) => other.points - one.points || (one.code < other.code ? -1 : 1))
  const total = reasons.reduce((sum, { points }) => sum + points, 0)
  return { score: Math.min(100, total), reasons }
}

const scoreClick = (
  transaction: ScoredTransaction,
  click: MatchCandidate['click'],
): MatchReason[] => {
  if (!click) return []
  const before = Date.parse(transaction.eventAt) - Date.parse(click.at)
  const isInWindow = before >= 0 && before <= CLICK_WINDOW_HOURS * HOUR
  return [
    ...(isInWindow ? [scoreClickTime(before), scoreRivals(before, click)] : []),
    scoreReportedTime(transaction, click.at),
    scoreClickId(transaction.subId, click.clickId),
  ]
}

/**
 * Returns the points for the time before the transaction. They halve in eight hours, then fall ever
 * slower: most people buy at once, and some the next day.
 */
const scoreClickTime = (before: number): MatchReason => ({
  code: 'click-time',
  points: Math.round(60 / (1 + before / (8 * HOUR))),
  words: `Clicked ${formatDuration(before)} before`,
})

const scoreRivals = (
  before: number,
  { others, othersThatHour }: NonNullable<MatchCandidate['click']>,
): MatchReason => {
  const code = 'click-rivals'
  if (others === 0) return { code, points: 30, words: `Only click in ${CLICK_WINDOW_HOURS} h` }
  if (othersThatHour === 0 && before <= HOUR) {
    return { code, points: 26, words: 'Only click that hour' }
  }
  const words = others === 1 ? '1 other clicked too' : `${others} others clicked too`
  return { code, points: Math.round(20 / (1 + others)), words }
}

const scoreReportedTime = ({ clickedAt }: ScoredTransaction, at: string): MatchReason => ({
  code: 'click-reported',
  points: clickedAt !== null && Math.abs(Date.parse(clickedAt) - Date.parse(at)) <= MINUTE ? 40 : 0,
  words: 'The network reports the same time of the click',
})

/**
 * A network may report a click id cut or damaged. Many equal letters at either end are no
 * coincidence.
 */
const scoreClickId = (subId: string | null, clickId: string): MatchReason => {
  const shared = countSharedLetters(subId ?? '', clickId)
  const points = shared < MIN_SHARED_LETTERS ? 0 : 55 + Math.round((15 * shared) / clickId.length)
  return { code: 'click-id', points, words: `${shared} letters of the click’s id came back` }
}

const scoreClaim = (
  transaction: ScoredTransaction,
  claim: MatchCandidate['claim'],
): MatchReason[] => {
  if (!claim) return []
  const apart = Math.abs(Date.parse(transaction.eventAt) - Date.parse(claim.orderedAt))
  const isSameOrder =
    normaliseOrderNumber(transaction.orderNumber ?? '') === normaliseOrderNumber(claim.orderNumber)
  const isSameAmount =
    transaction.saleMinor === claim.saleMinor && transaction.currency === claim.currency
  return [
    { code: 'claim-order', points: isSameOrder ? 60 : 0, words: 'Same order number in the claim' },
    { code: 'claim-amount', points: isSameAmount ? 25 : 0, words: 'Same amount in the claim' },
    {
      code: 'claim-time',
      points: Math.round(10 / (1 + apart / (24 * HOUR))),
      words:
        apart < MINUTE ? 'Same time in the claim' : `Claimed for ${formatDuration(apart)} apart`,
    },
  ]
}

const formatDuration = (time: number): string =>
  time < HOUR ? `${Math.floor(time / MINUTE)} min` : `${Math.floor(time / HOUR)} h`
