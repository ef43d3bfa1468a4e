import type { Check, Program, SkipReason } from './commission.ts'
import { formatMoney, computeShare } from '../money.ts'
import { formatBps } from '../percent.ts'

export type CommissionStatus =
  'awarded' | 'held' | 'partly-reversed' | 'reversed' | 'cancelled' | 'skipped'

/** A stored decision: the `commissions` row. */
export type DecidedCommission = {
  status: CommissionStatus
  reason: SkipReason | null
  rule: Program
  rateBps: number
  baseMinor: number
  amountMinor: number
  reversedMinor: number
  currency: string
  holdUntil: Date | null
  checks: Check[]
}

/** Who reads the explanation. The referrer is addressed as "you" and sees no other names. */
export type Viewer =
  { is: 'referrer' } | { is: 'staff'; payerName: string; referrerName: string | null }

/** Explains a stored decision in a sentence: first the outcome, then the reason. */
export const explainCommission = (commission: DecidedCommission, viewer: Viewer): string => {
  const { payment, wallet, who } = chooseNames(viewer)
  if (commission.status === 'skipped') {
    const why = commission.reason
      ? SKIP_EXPLANATIONS[commission.reason](commission)
      : 'no reason was stored'
    return `${who ? `${who} not` : 'No commission was'} paid: ${why}.`
  }

  const money = (minor: number) => formatMoney(minor, commission.currency)
  const amount = money(commission.amountMinor)
  const base = `${formatBps(commission.rateBps)} of ${payment} of ${money(commission.baseMinor)}${describeCap(commission)}`
  switch (commission.status) {
    case 'awarded':
      return `${who ?? 'The referrer was'} paid ${amount}: ${base}.`
    case 'held':
      return `${who ?? 'The referrer was'} awarded ${amount}: ${base}. It is held until ${day(commission.holdUntil)} and not yet in ${wallet}.${describeReduction(commission)}`
    case 'cancelled':
      return `${who ?? 'The referrer was'} awarded ${amount}: ${base}. The payment was refunded while it was held, so nothing was paid.`
    case 'partly-reversed':
    case 'reversed':
      return `${who ?? 'The referrer was'} paid ${amount}: ${base}. ${money(commission.reversedMinor)} was taken back because of refunds.`
  }
}

/** `who` is null if there is no referrer. */
const chooseNames = (viewer: Viewer): { who: string | null; wallet: string; payment: string } =>
  viewer.is === 'referrer'
    ? { who: 'You were', wallet: 'your wallet', payment: 'a payment' }
    : {
        who: viewer.referrerName ? `${viewer.referrerName} was` : null,
        wallet: 'their wallet',
        payment: `${viewer.payerName}’s payment`,
      }

const SKIP_EXPLANATIONS: Record<SkipReason, (commission: DecidedCommission) => string> = {
  'program-disabled': () => 'the programme was switched off when the payment completed',
  'no-referrer': () => 'the payer was not referred by anyone',
  'self-referral': () => 'payer and referrer are the same account',
  'same-email': () => 'both accounts use, or have used, the same mailbox',
  'same-phone': () => 'both accounts use, or have used, the same phone',
  'not-confirmed': () =>
    'payer and referrer both need a confirmed e-mail address or phone number, and one had none',
  'referral-loop': () => 'payer and referrer referred each other, directly or through others',
  'referrer-inactive': () => 'the referrer had not switched the programme on',
  'duration-ended': ({ rule }) =>
    rule.duration === 'first'
      ? 'only the first payment of a referred member earns, and there was one before'
      : `payments earn for ${months(rule.durationMonths ?? 0)} after registration, and that time was over`,
  'currency-not-configured': ({ currency }) => `the programme has no row for ${currency}`,
  'below-minimum': ({ baseMinor, currency, rule }) => {
    const minimum = limitsIn(rule, currency)?.minPaymentMinor ?? 0
    return `${formatMoney(baseMinor, currency)} is below the minimum of ${formatMoney(minimum, currency)}`
  },
  'rounds-to-zero': ({ baseMinor, currency, rateBps }) =>
    `${formatBps(rateBps)} of ${formatMoney(baseMinor, currency)} rounds to zero`,
}

const months = (count: number): string => (count === 1 ? '1 month' : `${count} months`)

const limitsIn = (rule: Program, currency: string) =>
  rule.currencies.find((limits) => limits.currency === currency)

const describeCap = ({ amountMinor, baseMinor, rateBps }: DecidedCommission): string =>
  computeShare(baseMinor, rateBps) > amountMinor ? ', cut at the cap' : ''

const describeReduction = ({ currency, reversedMinor }: DecidedCommission): string =>
  reversedMinor > 0 ? ` Refunds have reduced it by ${formatMoney(reversedMinor, currency)}.` : ''

const day = (at: Date | null): string => at?.toISOString().slice(0, 10) ?? 'an unknown day'
