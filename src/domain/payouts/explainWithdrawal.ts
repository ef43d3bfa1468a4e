import { formatMoney } from '../money.ts'
import type { WithdrawalStatus } from './withdrawalStates.ts'

/** A withdrawal as it is stored. Amounts are minor units of `currency`. */
export type ExplainedWithdrawal = {
  reference: string
  status: WithdrawalStatus
  grossMinor: number
  feeMinor: number
  deductionMinor: number
  netMinor: number
  currency: string
  /** The masked account. */
  method: string
  reason: string | null
  advice: string | null
}

/** Explains a withdrawal in sentences: its amounts first, then how it stands, and what to do. */
export const explainWithdrawal = (withdrawal: ExplainedWithdrawal): string =>
  [describeAmounts(withdrawal), describeStatus(withdrawal), withdrawal.advice]
    .filter((sentence) => sentence !== null && sentence !== '')
    .join(' ')

const describeAmounts = (withdrawal: ExplainedWithdrawal): string => {
  const { currency, deductionMinor, feeMinor, grossMinor, method, netMinor, reference } = withdrawal
  const money = (minor: number) => formatMoney(minor, currency)
  const less = [
    ...(feeMinor > 0 ? [`a fee of ${money(feeMinor)}`] : []),
    ...(deductionMinor > 0 ? [`a deduction of ${money(deductionMinor)}`] : []),
  ]
  const rest = less.length > 0 ? `, less ${less.join(' and ')}, is ${money(netMinor)}` : ''
  return `Withdrawal ${reference} of ${money(grossMinor)}${rest} to ${method}.`
}

const describeStatus = ({ reason, status }: ExplainedWithdrawal): string => {
  const because = reason === null ? '' : `: ${reason.replace(/\.$/, '')}`
  return `${SENTENCES[status]}${because}.`
}

const SENTENCES: Record<WithdrawalStatus, string> = {
  requested: 'It waits for its approval, and the amount is set aside',
  'on-hold': 'It is on hold, and the amount is set aside',
  approved: 'It is approved and will be sent',
  sent: 'It is on its way',
  'in-doubt': 'It was sent, and the bank has not confirmed it yet',
  settled: 'It was paid',
  failed: 'The payment failed, and the amount is back in the wallet',
  returned: 'The bank returned it, and the amount is back in the wallet',
  rejected: 'It was rejected, and the amount is back in the wallet',
  cancelled: 'It was cancelled, and the amount is back in the wallet',
}
