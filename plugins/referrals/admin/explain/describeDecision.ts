import {
  type DecidedCommission,
  explainCommission,
} from '../../../../src/domain/referrals/explainCommission.ts'
import { formatMoney, computeShare } from '../../../../src/domain/money.ts'

export type DecisionText = {
  tone: 'bad' | 'good' | 'waiting'
  title: string
  detail: string
  /** The current amount of the commission; null when there was none. */
  currentMinor: number | null
  /** The text below the amount. */
  amountNote: string
}

type People = { payerName: string; referrerName: string | null; writeDay: (at: Date) => string }

/** The text of the tab "Explain": what happened, and how the amount was computed. */
export const describeDecision = (commission: DecidedCommission, people: People): DecisionText => {
  if (commission.status === 'skipped') return describeSkipped(commission, people)
  const owner = `${people.referrerName ?? 'The referrer'}’s`
  const currentMinor = commission.amountMinor - commission.reversedMinor
  const detail = describeAmount(commission, people.payerName)
  switch (commission.status) {
    case 'awarded':
    case 'partly-reversed':
      return {
        tone: 'good',
        title: `${people.referrerName ?? 'The referrer'} earned a commission on this payment`,
        detail,
        currentMinor,
        amountNote: 'current amount',
      }
    case 'held': {
      const until = commission.holdUntil ? people.writeDay(commission.holdUntil) : 'an unknown day'
      const title = `${owner} commission is held until ${until}`
      return { tone: 'waiting', title, detail, currentMinor, amountNote: 'to be posted' }
    }
    case 'cancelled': {
      const title = `${people.referrerName ?? 'The referrer'} was not paid: the payment was refunded in the hold`
      return { tone: 'bad', title, detail, currentMinor: 0, amountNote: 'was never posted' }
    }
    case 'reversed': {
      const title = `${owner} commission was taken back: the payment was refunded`
      return { tone: 'bad', title, detail, currentMinor, amountNote: 'current amount' }
    }
  }
}

const describeSkipped = (commission: DecidedCommission, people: People): DecisionText => {
  const { baseMinor, checks, currency } = commission
  const failed = checks.findIndex(({ passed }) => passed === false) + 1
  return {
    tone: 'bad',
    title: explainCommission(commission, { is: 'staff', ...people }).replace(/\.$/, ''),
    detail: `${people.payerName} paid ${formatMoney(baseMinor, currency)}. Check ${failed} of ${checks.length} failed, so nothing was posted.`,
    currentMinor: null,
    amountNote: '',
  }
}

const describeAmount = (commission: DecidedCommission, payerName: string): string => {
  const { amountMinor, baseMinor, currency, rateBps, reversedMinor } = commission
  const money = (minor: number) => formatMoney(minor, currency)
  const share = computeShare(baseMinor, rateBps)
  const earned =
    share > amountMinor
      ? `The rate gave ${money(share)} and the cap cut it to ${money(amountMinor)}.`
      : `The rate gave ${money(amountMinor)}.`
  const taken = reversedMinor > 0 ? ` Refunds took ${money(reversedMinor)} back.` : ''
  return `${payerName} paid ${money(baseMinor)}. ${earned}${taken}`
}
