import { orderKeyOf } from './orderKey.ts'
import { sharedLetters } from './sharedLetters.ts'

/** How long before a sale a click may have led to it; older ones are not looked at. */
export const CLICK_WINDOW_HOURS = 48
/** From this score on a member is suggested; above the other one the match is strong. */
export const SUGGESTED_FROM = 40
export const STRONG_ABOVE = 80

/** A sale without a member, as its network reports it. Instants as ISO 8601; minor units. */
export type OrphanSale = {
  eventAt: string
  /** When the network says that the click was; few do. */
  clickedAt: string | null
  saleMinor: number | null
  currency: string
  orderNumber: string | null
  /** What came back where our click's id belongs. */
  subId: string | null
}

/** What ties a member to the sale: a click on the shop before it, an open claim for the shop, or both. */
export type OrphanCandidate = {
  click: {
    clickId: string
    at: string
    /** Other members who clicked on the shop in the window before the sale, and in its last hour. */
    others: number
    othersThatHour: number
  } | null
  claim: { orderNumber: string; orderedAt: string; saleMinor: number; currency: string } | null
}

export type OrphanReason = { code: OrphanReasonCode; points: number; words: string }
type OrphanReasonCode =
  | 'claim-amount'
  | 'claim-order'
  | 'claim-time'
  | 'click-id'
  | 'click-rivals'
  | 'click-time'
  | 'click-told'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** Fewer letters in common than this may be chance. */
const TELLING_LETTERS = 8

/**
 * How much speaks for a sale being this member's, 0 to 100, each reason with its points and words
 * for whoever decides; the weightiest first. A suggestion only: it never assigns.
 */
export const orphanScore = (
  sale: OrphanSale,
  candidate: OrphanCandidate,
): { score: number; reasons: OrphanReason[] } => {
  const reasons = [...ofClick(sale, candidate.click), ...ofClaim(sale, candidate.claim)]
    .filter(({ points }) => points > 0)
    .sort((one, other) => other.points - one.points || (one.code < other.code ? -1 : 1))
  return {
    score: Math.min(
      100,
      reasons.reduce((sum, { points }) => sum + points, 0),
    ),
    reasons,
  }
}

const ofClick = (sale: OrphanSale, click: OrphanCandidate['click']): OrphanReason[] => {
  if (!click) return []
  const before = Date.parse(sale.eventAt) - Date.parse(click.at)
  const isInWindow = before >= 0 && before <= CLICK_WINDOW_HOURS * HOUR
  return [
    ...(isInWindow ? [timeReason(before), rivalsReason(before, click)] : []),
    toldReason(sale, click.at),
    idReason(sale.subId, click.clickId),
  ]
}

/** Halves in eight hours, then ever slower: most people buy at once, and some the next day. */
const timeReason = (before: number): OrphanReason => ({
  code: 'click-time',
  points: Math.round(60 / (1 + before / (8 * HOUR))),
  words: `Clicked ${durationOf(before)} before`,
})

const rivalsReason = (
  before: number,
  { others, othersThatHour }: NonNullable<OrphanCandidate['click']>,
): OrphanReason => {
  const code = 'click-rivals'
  if (others === 0) return { code, points: 30, words: `Only click in ${CLICK_WINDOW_HOURS} h` }
  if (othersThatHour === 0 && before <= HOUR)
    return { code, points: 26, words: 'Only click that hour' }
  const words = others === 1 ? '1 other clicked too' : `${others} others clicked too`
  return { code, points: Math.round(20 / (1 + others)), words }
}

const toldReason = ({ clickedAt }: OrphanSale, at: string): OrphanReason => ({
  code: 'click-told',
  points: clickedAt !== null && Math.abs(Date.parse(clickedAt) - Date.parse(at)) <= MINUTE ? 40 : 0,
  words: 'The network tells the same time of the click',
})

/** An id that came back cut or damaged: many letters of it at either end are no chance. */
const idReason = (subId: string | null, clickId: string): OrphanReason => {
  const shared = sharedLetters(subId ?? '', clickId)
  const points = shared < TELLING_LETTERS ? 0 : 55 + Math.round((15 * shared) / clickId.length)
  return { code: 'click-id', points, words: `${shared} letters of the click’s id came back` }
}

const ofClaim = (sale: OrphanSale, claim: OrphanCandidate['claim']): OrphanReason[] => {
  if (!claim) return []
  const apart = Math.abs(Date.parse(sale.eventAt) - Date.parse(claim.orderedAt))
  const isSameOrder = orderKeyOf(sale.orderNumber ?? '') === orderKeyOf(claim.orderNumber)
  const isSameAmount = sale.saleMinor === claim.saleMinor && sale.currency === claim.currency
  return [
    { code: 'claim-order', points: isSameOrder ? 60 : 0, words: 'Same order number in the claim' },
    { code: 'claim-amount', points: isSameAmount ? 25 : 0, words: 'Same amount in the claim' },
    {
      code: 'claim-time',
      points: Math.round(10 / (1 + apart / (24 * HOUR))),
      words: apart < MINUTE ? 'Same time in the claim' : `Claimed for ${durationOf(apart)} apart`,
    },
  ]
}

const durationOf = (time: number): string =>
  time < HOUR ? `${Math.floor(time / MINUTE)} min` : `${Math.floor(time / HOUR)} h`
