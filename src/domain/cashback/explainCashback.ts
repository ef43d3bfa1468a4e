import type { CashbackRate } from './cashback.ts'
import type { CashbackStatus } from './cashbackEvent.ts'
import { formatMoney } from '../money.ts'
import { formatBps } from '../percent.ts'
import type { TransactionStatus } from './transaction.ts'

/** One order's cashback as it is stored. Amounts in minor units of `currency`. */
export type ExplainedCashback = {
  status: CashbackStatus
  merchantName: string
  amountMinor: number
  /** The part of it that is in the wallet. */
  creditedMinor: number
  currency: string
  rate: CashbackRate
  /** The automatic approval; null where there was none. */
  grant: { capMinor: number | null } | null
  transaction: {
    status: TransactionStatus
    /** The network's own status. */
    rawStatus: string
    saleMinor: number | null
    commissionMinor: number
    /** What reversals take; zero or below. */
    reversedMinor: number
    comment: string | null
  }
}

/** The reader. Members read about the merchant and the order, and nothing about networks. */
export type CashbackViewer =
  { is: 'member' } | { is: 'staff'; memberName: string; networkName: string }

/** Explains an order's cashback in plain words: what happened, then why. */
export const explainCashback = (cashback: ExplainedCashback, viewer: CashbackViewer): string =>
  viewer.is === 'member' ? explainToMember(cashback) : explainToStaff(cashback, viewer)

const explainToMember = (cashback: ExplainedCashback): string => {
  const { amountMinor, creditedMinor, currency, grant, merchantName, status } = cashback
  const money = (minor: number) => formatMoney(minor, currency)
  const order = `your order at ${merchantName}`
  switch (status) {
    case 'pending':
      return `${money(amountMinor)} is on its way for ${order}. It is yours once the shop confirms the order.`
    case 'approved':
    case 'paid':
      return creditedMinor < amountMinor && grant
        ? `${money(creditedMinor)} was credited for ${order}, and ${money(amountMinor - creditedMinor)} follows once the shop confirms it.`
        : `${money(creditedMinor)} was credited for ${order}.${describeReversal(cashback)}`
    case 'declined':
      return `Nothing was credited for ${order}: the shop did not accept it. Returned and cancelled orders earn nothing.`
    case 'reversed':
      return `The cashback for ${order} was taken back: the shop no longer accepts the order. Returned and cancelled orders earn nothing.`
  }
}

const describeReversal = ({ transaction }: ExplainedCashback): string =>
  transaction.reversedMinor < 0 ? ' Returned items earned nothing.' : ''

const explainToStaff = (
  cashback: ExplainedCashback,
  { memberName, networkName }: { memberName: string; networkName: string },
): string => {
  const { amountMinor, creditedMinor, currency, transaction, status } = cashback
  const money = (minor: number) => formatMoney(minor, currency)
  const share = `${describeBase(cashback)} makes ${money(amountMinor)}`
  const report = `${networkName} reports “${transaction.rawStatus}”`
  switch (status) {
    case 'pending':
      return `${memberName} was not credited yet: ${report}. ${share}.`
    case 'approved':
    case 'paid':
      return `${memberName} was credited ${money(creditedMinor)}: ${explainCredit(cashback, report)}. ${share}.`
    case 'declined':
      return `${memberName} was not credited: ${report}. Nothing was posted.`
    case 'reversed':
      return `${memberName}’s cashback was taken back: ${report}. ${share} while it stood.`
  }
}

const explainCredit = (
  { currency, grant, transaction }: ExplainedCashback,
  report: string,
): string => {
  if (transaction.status === 'approved' || transaction.status === 'paid' || !grant) return report
  const cap = grant.capMinor === null ? '' : `, up to ${formatMoney(grant.capMinor, currency)}`
  return `approved by age${cap}, while ${report}`
}

const describeBase = ({ currency, rate, transaction }: ExplainedCashback): string => {
  const money = (minor: number) => formatMoney(minor, currency)
  const { commissionMinor, reversedMinor, saleMinor } = transaction
  if (rate.basis === 'sale') {
    const sum = saleMinor === null ? 'an unknown amount' : money(saleMinor)
    const lowered = reversedMinor < 0 ? ' less its reversals' : ''
    return `${formatBps(rate.rateBps)} of the transaction of ${sum}${lowered}`
  }
  const lowered = reversedMinor < 0 ? ` less ${money(-reversedMinor)} for reversals` : ''
  return `${formatBps(rate.rateBps)} of the commission of ${money(commissionMinor)}${lowered}`
}
