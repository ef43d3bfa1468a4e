import { DomainError } from '../errors.ts'
import { computeShare } from '../money.ts'
import { dayIn, isDay, startOfDay } from '../zonedDay.ts'

/**
 * A deduction by law, such as tax at source. There are none unless an operator adds rows, with the
 * rates of a time: a change of the law is a new row of the same section.
 */
export type DeductionRule = {
  id: string
  /** For the member, such as "Tax at source". */
  label: string
  /** The section of the law. All rows of a section share one threshold a year. */
  section: string
  currency: string
  /** The first and the last calendar day in `timeZone`; `to` is null while it has no end. */
  from: string
  to: string | null
  rateBps: number
  /** The rate for members without a tax id; the higher of the two rates counts. */
  rateWithoutTaxIdBps: number
  /** Nothing is deducted while the sum of the financial year does not exceed it. */
  yearlyThresholdMinor: number
  /** Above the threshold: the part above it, or the whole sum of the year. */
  appliesTo: 'excess' | 'whole'
  /** The sum that counts: what was credited to the wallet in the year, or what is paid out. */
  base: 'credit' | 'payout'
  /** The first day of the financial year, `MM-DD`; India: `04-01`. */
  yearStart: string
  timeZone: string
}

/** Sums of one member, section and currency in the financial year so far, in minor units. */
export type YearSums = {
  /** What was credited, or paid out before this payout: the rule's `base` decides. */
  grossMinor: number
  /** The sum of `baseMinor` of earlier lines that stand. */
  baseMinor: number
}

export type DeductionLine = {
  rule: DeductionRule
  rateBps: number
  /** The part of the sum for which this line deducts: the same money is never counted twice. */
  baseMinor: number
  amountMinor: number
}

/**
 * Computes what is deducted of a payout, a line for each section with something to deduct.
 *
 * The base of a year grows with each payout, and a line deducts for the growth alone. Its amount
 * is the difference of two rounded shares, so that the lines of a year add up to the rate times the
 * base exactly, however the sum is split. A change of the rate, or a tax id that is given later,
 * counts for what follows. A line may exceed the payout where the whole sum of a year becomes
 * liable at once; the quote then refuses the amount as too small.
 */
export const computeDeductions = ({
  currency,
  grossMinor,
  hasTaxId,
  now,
  rules,
  years,
}: {
  rules: readonly DeductionRule[]
  now: Date
  currency: string
  grossMinor: number
  hasTaxId: boolean
  /** By section; zero where one is absent. */
  years: Partial<Record<string, YearSums>>
}): DeductionLine[] =>
  findRules(rules, currency, now).flatMap((rule) => {
    const year = years[rule.section] ?? { grossMinor: 0, baseMinor: 0 }
    const sum = rule.base === 'credit' ? year.grossMinor : year.grossMinor + grossMinor
    const liable = computeBase(rule, sum)
    const rateBps = hasTaxId ? rule.rateBps : Math.max(rule.rateBps, rule.rateWithoutTaxIdBps)
    if (liable <= year.baseMinor || rateBps === 0) return []
    const amountMinor = computeShare(liable, rateBps) - computeShare(year.baseMinor, rateBps)
    return [{ rule, rateBps, baseMinor: liable - year.baseMinor, amountMinor }]
  })

/**
 * Returns the financial year in which an instant falls: its calendar years, its first instant and
 * the first instant after it.
 *
 * @example financialYear(new Date('2026-03-31T18:29:59Z'), '04-01', 'Asia/Kolkata').label // '2025-26'
 * @example financialYear(new Date('2026-03-31T18:30:00Z'), '04-01', 'Asia/Kolkata').label // '2026-27'
 * @throws DomainError `withdrawal.malformed-year-start` not a day that each year has, as `MM-DD`
 */
export const financialYear = (
  now: Date,
  yearStart: string,
  timeZone: string,
): { label: string; from: Date; to: Date } => {
  // A year without a 29 February.
  if (!isDay(`2001-${yearStart}`)) {
    throw new DomainError('withdrawal.malformed-year-start', 'Give the day as MM-DD.', {
      yearStart,
    })
  }
  const today = dayIn(now, timeZone)
  const calendarYear = Number(today.slice(0, 4))
  const first = today.slice(5) >= yearStart ? calendarYear : calendarYear - 1
  const startIn = (year: number) =>
    startOfDay(`${String(year).padStart(4, '0')}-${yearStart}`, timeZone)
  const label =
    yearStart === '01-01' ? String(first) : `${first}-${String((first + 1) % 100).padStart(2, '0')}`
  return { label, from: startIn(first), to: startIn(first + 1) }
}

/** Returns the rules in force, one a section: the latest where two overlap. */
const findRules = (
  rules: readonly DeductionRule[],
  currency: string,
  now: Date,
): DeductionRule[] => {
  const bySection = new Map<string, DeductionRule>()
  for (const rule of rules) {
    const today = dayIn(now, rule.timeZone)
    const isInForce = rule.from <= today && (rule.to === null || today <= rule.to)
    if (rule.currency !== currency || !isInForce) continue
    const known = bySection.get(rule.section)
    if (!known || known.from < rule.from) bySection.set(rule.section, rule)
  }
  return [...bySection.values()]
}

const computeBase = (
  { appliesTo, yearlyThresholdMinor }: DeductionRule,
  sumMinor: number,
): number => {
  if (sumMinor <= yearlyThresholdMinor) return 0
  return appliesTo === 'whole' ? sumMinor : sumMinor - yearlyThresholdMinor
}
