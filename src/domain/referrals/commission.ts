import { addDays, addMonths } from '../dates.ts'
import { maskEmail, maskPhone } from '../members/identity.ts'
import { toMailboxKey } from '../members/mailboxKey.ts'
import { toPhoneKey } from '../members/phoneKey.ts'
import { formatMoney, computeShare } from '../money.ts'
import { formatBps } from '../percent.ts'

/** The programme at the time of a decision, stored with the decision. */
export type Program = {
  /** The number of the configuration's version, from 1. */
  version: number
  enabled: boolean
  rateBps: number
  /** 0 pays at once. */
  holdDays: number
  duration: 'always' | 'first' | 'months'
  /** Months from the payer's registration; only for `months`. */
  durationMonths: number | null
  currencies: { currency: string; minPaymentMinor: number; maxCommissionMinor: number | null }[]
  /** True if both people need a confirmed address or number: only these prove two people. */
  confirmedOnly: boolean
}

export type Person = {
  id: string
  name: string
  email: string
  phone: string | null
  /** The keys of all addresses and numbers that the account ever had. */
  mailboxKeys: string[]
  phoneKeys: string[]
  /** True if the account's address or number is confirmed. */
  isConfirmed: boolean
}

/** All facts that the decision depends on. `now` is a value, so that a decision can be replayed. */
export type CommissionFacts = {
  payment: { amountMinor: number; currency: string }
  payer: Person & { registeredAt: Date }
  referrer: (Person & { affiliateActive: boolean }) | null
  /** True if the payer is among the referrers above the referrer. */
  isLoop: boolean
  /**
   * Commissions for earlier payments of this payer of which something is left. One that refunds took
   * back whole does not count, with or without a hold: while only the first payment earns, the next
   * payment after it is the first. So a refund that was entered by mistake is corrected by a new
   * payment. After a refund of a part, the payment stays the first.
   */
  earlierAwards: number
  program: Program
  now: Date
}

/** The reasons why a payment earns nothing, in the order of the checks. */
export const SKIP_REASONS = [
  'program-disabled',
  'no-referrer',
  'self-referral',
  'same-email',
  'same-phone',
  'not-confirmed',
  'referral-loop',
  'referrer-inactive',
  'duration-ended',
  'currency-not-configured',
  'below-minimum',
  'rounds-to-zero',
] as const
export type SkipReason = (typeof SKIP_REASONS)[number]

/** One check with the value it compared. `passed` is null for a check that was not reached. */
export type Check = { name: SkipReason; passed: boolean | null; value: string | null }

export type CommissionDecision = { checks: Check[]; referrerId: string | null } & (
  | { status: 'awarded'; amountMinor: number; reason: null; holdUntil: null }
  | { status: 'held'; amountMinor: number; reason: null; holdUntil: Date }
  | { status: 'skipped'; amountMinor: 0; reason: SkipReason; holdUntil: null }
)

/**
 * Decides whether a completed payment earns the payer's referrer a commission, how much, and when
 * it is paid. A skipped payment names the first check that failed, so that support can answer "why
 * was I not paid?". Personal values are masked, because the decision is stored and shown.
 */
export const computeCommission = (facts: CommissionFacts): CommissionDecision => {
  const checks: Check[] = []
  let reason: SkipReason | null = null
  for (const name of SKIP_REASONS) {
    const seen = reason ? null : CHECKS[name](facts)
    checks.push({ name, passed: seen?.passed ?? null, value: seen?.value ?? null })
    if (seen && !seen.passed) reason = name
  }

  const outcome = { checks, referrerId: facts.referrer?.id ?? null }
  if (reason) return { ...outcome, status: 'skipped', amountMinor: 0, reason, holdUntil: null }

  const amountMinor = computeAmount(facts)
  const { holdDays } = facts.program
  return holdDays > 0
    ? {
        ...outcome,
        status: 'held',
        amountMinor,
        reason: null,
        holdUntil: addDays(facts.now, holdDays),
      }
    : { ...outcome, status: 'awarded', amountMinor, reason: null, holdUntil: null }
}

type Seen = { passed: boolean; value: string }

/** A check may rely on the checks before it in `SKIP_REASONS`, which have passed. */
const CHECKS: Record<SkipReason, (facts: CommissionFacts) => Seen> = {
  'program-disabled': ({ program }) => ({
    passed: program.enabled,
    value: program.enabled ? `On, version ${program.version}` : `Off, version ${program.version}`,
  }),
  'no-referrer': ({ referrer }) => ({
    passed: referrer !== null,
    value: referrer ? maskEmail(referrer.email) : 'None',
  }),
  'self-referral': ({ payer, referrer }) => ({
    passed: referrer?.id !== payer.id,
    value: referrer?.id === payer.id ? 'One account' : 'Two accounts',
  }),
  'same-email': ({ payer, referrer }) => {
    const isShared = share(mailboxesOf(payer), mailboxesOf(referrer))
    const masked = `${maskEmail(payer.email)}, ${maskEmail(referrer?.email ?? '')}`
    const isNow = referrer && toMailboxKey(payer.email) === toMailboxKey(referrer.email)
    return { passed: !isShared, value: isShared && !isNow ? `${masked}, one earlier` : masked }
  },
  'same-phone': ({ payer, referrer }) => comparePhones(payer, referrer),
  'not-confirmed': ({ payer, program, referrer }) => {
    const missing = [!payer.isConfirmed && 'payer', !referrer?.isConfirmed && 'referrer']
      .filter(Boolean)
      .join(' and ')
    if (!missing) return { passed: true, value: 'Both confirmed' }
    const value = `Not confirmed: ${missing}`
    return { passed: !program.confirmedOnly, value }
  },
  'referral-loop': ({ isLoop }) => ({
    passed: !isLoop,
    value: isLoop ? 'The payer also referred the referrer' : 'None',
  }),
  'referrer-inactive': ({ referrer }) => ({
    passed: referrer?.affiliateActive === true,
    value: referrer?.affiliateActive ? 'Takes part' : 'Switched off by the referrer',
  }),
  'duration-ended': (facts) => checkDuration(facts),
  'currency-not-configured': (facts) => ({
    passed: findLimits(facts) !== undefined,
    value: facts.payment.currency,
  }),
  'below-minimum': (facts) => {
    const { amountMinor, currency } = facts.payment
    const minimum = findLimits(facts)?.minPaymentMinor ?? 0
    return {
      passed: amountMinor >= minimum,
      value: `${formatMoney(amountMinor, currency)}, minimum ${formatMoney(minimum, currency)}`,
    }
  },
  'rounds-to-zero': (facts) => ({
    passed: computeAmount(facts) > 0,
    value: `${formatBps(facts.program.rateBps)} earns ${formatMoney(computeAmount(facts), facts.payment.currency)}`,
  }),
}

const share = (some: string[], others: string[]): boolean =>
  some.some((key) => others.includes(key))

/** The keys of the current value and of all earlier ones. */
const mailboxesOf = (person: Person | null): string[] =>
  person ? [toMailboxKey(person.email), ...person.mailboxKeys] : []

const phonesOf = (person: Person | null): string[] =>
  person ? [...(person.phone ? [toPhoneKey(person.phone)] : []), ...person.phoneKeys] : []

const comparePhones = (payer: Person, referrer: Person | null): Seen => {
  const [one, other] = [payer.phone, referrer?.phone]
  if (share(phonesOf(payer), phonesOf(referrer))) {
    const isNow = one && other && toPhoneKey(one) === toPhoneKey(other)
    return {
      passed: false,
      value: isNow ? `Both ${maskPhone(one)}` : 'One had the other’s earlier',
    }
  }
  return one && other
    ? { passed: true, value: `${maskPhone(one)}, ${maskPhone(other)}` }
    : { passed: true, value: 'Not both have one' }
}

const checkDuration = ({ earlierAwards, now, payer, program }: CommissionFacts): Seen => {
  if (program.duration === 'always') return { passed: true, value: 'Every payment' }
  if (program.duration === 'first') {
    return { passed: earlierAwards === 0, value: `First payment only, ${earlierAwards} before` }
  }
  const end = addMonths(payer.registeredAt, program.durationMonths ?? 0)
  return { passed: now < end, value: `Until ${end.toISOString().slice(0, 10)}` }
}

const findLimits = ({ payment, program }: CommissionFacts) =>
  program.currencies.find(({ currency }) => currency === payment.currency)

/** Computes the share of the payment, cut at the currency's cap. */
const computeAmount = (facts: CommissionFacts): number => {
  const share = computeShare(facts.payment.amountMinor, facts.program.rateBps)
  return Math.min(share, findLimits(facts)?.maxCommissionMinor ?? share)
}
