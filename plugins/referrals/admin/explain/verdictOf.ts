import {
  type DecidedCommission,
  explainCommission,
} from '../../../../src/domain/referrals/explainCommission.ts'
import { formatMoney, computeShare } from '../../../../src/domain/money.ts'

export type VerdictWords = {
  tone: 'bad' | 'good' | 'waiting'
  title: string
  detail: string
  /** What of the commission stands; null when there was none. */
  standsMinor: number | null
  /** Said under the amount. */
  stands: string
}

type People = { payerName: string; referrerName: string | null; writeDay: (at: Date) => string }

/** The answer of the Explain screen in words: what happened first, then what made the amount. */
export const verdictOf = (commission: DecidedCommission, people: People): VerdictWords => {
  if (commission.status === 'skipped') return skipped(commission, people)
  const whose = `${people.referrerName ?? 'The referrer'}’s`
  const standsMinor = commission.amountMinor - commission.reversedMinor
  const detail = detailOf(commission, people.payerName)
  switch (commission.status) {
    case 'awarded':
    case 'partly-reversed':
      return {
        tone: 'good',
        title: `${people.referrerName ?? 'The referrer'} earned a commission on this payment`,
        detail,
        standsMinor,
        stands: 'stands today',
      }
    case 'held': {
      const until = commission.holdUntil ? people.writeDay(commission.holdUntil) : 'an unknown day'
      const title = `${whose} commission is held until ${until}`
      return { tone: 'waiting', title, detail, standsMinor, stands: 'to be posted' }
    }
    case 'cancelled': {
      const title = `${people.referrerName ?? 'The referrer'} was not paid: the payment was refunded in the hold`
      return { tone: 'bad', title, detail, standsMinor: 0, stands: 'was never posted' }
    }
    case 'reversed': {
      const title = `${whose} commission was taken back: the payment was refunded`
      return { tone: 'bad', title, detail, standsMinor, stands: 'stands today' }
    }
  }
}

const skipped = (commission: DecidedCommission, people: People): VerdictWords => {
  const { baseMinor, checks, currency } = commission
  const failed = checks.findIndex(({ passed }) => passed === false) + 1
  return {
    tone: 'bad',
    title: explainCommission(commission, { is: 'staff', ...people }).replace(/\.$/, ''),
    detail: `${people.payerName} paid ${formatMoney(baseMinor, currency)}. Check ${failed} of ${checks.length} failed, so nothing was posted.`,
    standsMinor: null,
    stands: '',
  }
}

const detailOf = (commission: DecidedCommission, payerName: string): string => {
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
