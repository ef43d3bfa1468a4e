import type { NameMatch } from './compareNames.ts'

/** Amounts in minor units of one currency. */
export type RiskFacts = {
  now: Date
  grossMinor: number
  /** The largest earlier settled withdrawal; 0 without one. */
  largestSettledMinor: number
  /** True if another member has a method with the same fingerprint. */
  isAccountShared: boolean
  nameMatch: NameMatch
  methodChangedAt: Date
  memberSince: Date
  /** The part of the earnings behind this amount that a refund can still take back. */
  refundableMinor: number
}

export type RiskReason = { code: RiskCode; points: number; words: string }
type RiskCode = 'large' | 'name' | 'new-member' | 'new-method' | 'refundable' | 'shared-account'

const MINUTE_MS = 60_000
const DAY_MS = 1_440 * MINUTE_MS
/** A method or a member of this age adds no risk. */
const SETTLED_DAYS = 30
/** An amount is large from this many times the largest earlier one. */
const LARGE_TIMES = 3
const POINTS = { shared: 40, method: 15, member: 10, large: 15, first: 5, refundable: 20 } as const
const NAME: Record<NameMatch, { points: number; words: string }> = {
  match: { points: 0, words: '' },
  partial: { points: 10, words: 'The names match in part' },
  unknown: { points: 15, words: 'The names cannot be compared' },
  mismatch: { points: 30, words: 'The names differ' },
}

/**
 * Scores the risk of a withdrawal from 0 to 100, with the reasons; the one with the most points
 * comes first. The score orders the desk and decides nothing.
 */
export const scoreRisk = (facts: RiskFacts): { score: number; reasons: RiskReason[] } => {
  const { isAccountShared, nameMatch } = facts
  const reasons: RiskReason[] = [
    {
      code: 'shared-account' as const,
      points: isAccountShared ? POINTS.shared : 0,
      words: 'Another member has the same account',
    },
    { code: 'name' as const, ...NAME[nameMatch] },
    scoreAge(facts, 'new-method'),
    scoreAge(facts, 'new-member'),
    scoreAmount(facts),
    scoreRefundable(facts),
  ]
    .filter(({ points }) => points > 0)
    .sort((one, other) => other.points - one.points || (one.code < other.code ? -1 : 1))
  const total = reasons.reduce((sum, { points }) => sum + points, 0)
  return { score: Math.min(100, total), reasons }
}

/** The points fall evenly from the first day to the thirtieth. */
const scoreAge = (
  { memberSince, methodChangedAt, now }: RiskFacts,
  code: 'new-member' | 'new-method',
): RiskReason => {
  const [since, most, noun] =
    code === 'new-method'
      ? [methodChangedAt, POINTS.method, 'Method']
      : [memberSince, POINTS.member, 'Member']
  const days = Math.max(0, Math.floor((now.getTime() - since.getTime()) / DAY_MS))
  const points = Math.ceil((most * Math.max(0, SETTLED_DAYS - days)) / SETTLED_DAYS)
  return { code, points, words: `${noun} since ${days} ${days === 1 ? 'day' : 'days'}` }
}

const scoreAmount = ({ grossMinor, largestSettledMinor }: RiskFacts): RiskReason => {
  const code = 'large'
  if (largestSettledMinor === 0) return { code, points: POINTS.first, words: 'First withdrawal' }
  const isLarge = grossMinor >= largestSettledMinor * LARGE_TIMES
  const words = `At least ${LARGE_TIMES} times the largest earlier one`
  return { code, points: isLarge ? POINTS.large : 0, words }
}

const scoreRefundable = ({ grossMinor, refundableMinor }: RiskFacts): RiskReason => {
  const part = Math.min(refundableMinor, grossMinor)
  const percent = Number((BigInt(part) * 100n) / BigInt(Math.max(1, grossMinor)))
  return {
    code: 'refundable',
    points: Math.ceil((POINTS.refundable * percent) / 100),
    words: `${percent} % can still be refunded`,
  }
}

/** One point of risk counts as much as this time of waiting. */
const POINT_MS = 30 * MINUTE_MS

/**
 * Returns the instant by which the desk is sorted, earliest first: the request, moved half an hour
 * into the past for each point of risk. It does not depend on the time of reading, so it can be
 * stored; and every request comes to the top in the end.
 *
 * @example findDeskTime(new Date('2026-11-10T12:00:00Z'), 10).toISOString() // '2026-11-10T07:00:00.000Z'
 */
export const findDeskTime = (requestedAt: Date, score: number): Date =>
  new Date(requestedAt.getTime() - score * POINT_MS)
