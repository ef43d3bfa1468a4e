/** The limits on credits that people cause, in minor units of one currency. */
export type CreditLimits = {
  currency: string
  perImportMinor: number
  /** For each member, over all that people credit in a day. */
  perMemberMinor: number
  /** For each person, over all that the person credits in a day. */
  perActorMinor: number
}

/** The growth of a member's credit, in minor units. */
export type Credit = { member: string; currency: string; amountMinor: number }

/**
 * Why credits need a second person.
 *
 * - `own` the person who causes them gains
 * - `no-limit` the currency has no limits
 * - `import`, `member`, `actor` the amount exceeds the limit
 */
export type HoldReason = {
  code: 'own' | 'no-limit' | 'import' | 'member' | 'actor'
  currency: string
  /** Of `own` and `member`. */
  member: string | null
  amountMinor: number
  limitMinor: number | null
}

type Judged = {
  credits: Credit[]
  /** The person who causes them; null for the owner of the machine. */
  actor: string | null
  /** What people credited to these members in the last day before. */
  earlierOfMembers: Credit[]
  /** What the actor credited to anybody in the last day before. */
  earlierOfActor: Omit<Credit, 'member'>[]
  limits: CreditLimits[]
}

/** More members than this are not listed as reasons: one is enough to hold. */
const MAX_MEMBERS = 20

/**
 * Returns the reasons for which credits wait for a second person; none if they are within the
 * limits. The credits of one cause are judged together.
 *
 * @example judgeCredits({ credits: [{ member: 'a', currency: 'USD', amountMinor: 1 }], actor: null, earlierOfMembers: [], earlierOfActor: [], limits: [] })[0]?.code // 'no-limit'
 */
export const judgeCredits = ({ actor, credits, limits, ...earlier }: Judged): HoldReason[] =>
  [...new Set(credits.map(({ currency }) => currency))].flatMap((currency) => {
    const own = sumFor(
      credits.filter(({ member }) => member === actor),
      currency,
    )
    const isOwn: HoldReason[] =
      own > 0 ? [{ code: 'own', currency, member: actor, amountMinor: own, limitMinor: null }] : []
    const limit = limits.find((known) => known.currency === currency)
    const amountMinor = sumFor(credits, currency)
    if (!limit) {
      return [
        ...isOwn,
        { code: 'no-limit', currency, member: null, amountMinor, limitMinor: null } as const,
      ]
    }
    const ofActor = amountMinor + (actor === null ? 0 : sumFor(earlier.earlierOfActor, currency))
    return [
      ...isOwn,
      ...exceeds('import', { currency, amountMinor, limitMinor: limit.perImportMinor }),
      ...exceeds('actor', { currency, amountMinor: ofActor, limitMinor: limit.perActorMinor }),
      ...findMembersAbove([...credits, ...earlier.earlierOfMembers], limit),
    ]
  })

const sumFor = (credits: Omit<Credit, 'member'>[], currency: string): number =>
  credits.reduce((sum, one) => sum + (one.currency === currency ? one.amountMinor : 0), 0)

const exceeds = (
  code: 'actor' | 'import',
  { limitMinor, ...amount }: { currency: string; amountMinor: number; limitMinor: number },
): HoldReason[] =>
  amount.amountMinor > limitMinor ? [{ code, member: null, limitMinor, ...amount }] : []

const findMembersAbove = (
  credits: Credit[],
  { currency, perMemberMinor: limitMinor }: CreditLimits,
): HoldReason[] => {
  const sums = new Map<string, number>()
  for (const { amountMinor, currency: own, member } of credits) {
    if (own === currency) sums.set(member, (sums.get(member) ?? 0) + amountMinor)
  }
  return [...sums]
    .filter(([, amountMinor]) => amountMinor > limitMinor)
    .slice(0, MAX_MEMBERS)
    .map(([member, amountMinor]) => ({ code: 'member', currency, member, amountMinor, limitMinor }))
}
