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
  /** The amount of it that is in the wallet. */
  creditedMinor: number
  currency: string
  rate: CashbackRate
  /** The automatic approval; null if there was none. */
  autoApproval: { capMinor: number | null } | null
  /**
   * What is above the credit waits for a second person, or was rejected; null: nothing is held.
   * `fileImport` is the id of the import that causes it; null: an assignment that grew.
   */
  hold: { status: 'held' | 'rejected'; fileImport: string | null } | null
  transaction: {
    status: TransactionStatus
    /** The network's own status. */
    rawStatus: string
    saleMinor: number | null
    commissionMinor: number
    /** The amount that reversals take off the commission; zero or below. */
    reversedMinor: number
    comment: string | null
  }
}

/** The viewer. A member reads about the merchant and the order, and nothing about networks. */
export type CashbackViewer =
  { is: 'member' } | { is: 'staff'; memberName: string; networkName: string }

/** Explains an order's cashback in a sentence for its viewer: the result first, then the reason. */
export const explainCashback = (cashback: ExplainedCashback, viewer: CashbackViewer): string =>
  viewer.is === 'member' ? explainToMember(cashback) : explainToStaff(cashback, viewer)

const explainToMember = (cashback: ExplainedCashback): string => {
  const { amountMinor, creditedMinor, currency, autoApproval, merchantName, status } = cashback
  const money = (minor: number) => formatMoney(minor, currency)
  const order = `your order at ${merchantName}`
  const held = explainHoldToMember(cashback, order)
  if (held !== null) return held
  switch (status) {
    case 'pending':
      return `${money(amountMinor)} is on its way for ${order}. It is yours once the merchant confirms the order.`
    case 'approved':
    case 'paid':
      return creditedMinor < amountMinor && autoApproval
        ? `${money(creditedMinor)} was credited for ${order}, and ${money(amountMinor - creditedMinor)} follows once the merchant confirms it.`
        : `${money(creditedMinor)} was credited for ${order}.${describeReversal(cashback)}`
    case 'declined':
      return `Nothing was credited for ${order}: the merchant did not accept it. Returned and cancelled orders earn nothing.`
    case 'reversed':
      if (isOnHold(cashback))
        return `The cashback for ${order} is on hold: the merchant has put the order back. It comes again when the merchant confirms the order.`
      return `The cashback for ${order} was taken back: the merchant no longer accepts the order. Returned and cancelled orders earn nothing.`
  }
}

/** The member learns that people check it, and nothing about files. */
const explainHoldToMember = (cashback: ExplainedCashback, order: string): string | null => {
  const { amountMinor, creditedMinor, currency, hold } = cashback
  const leftMinor = amountMinor - creditedMinor
  if (!hold || leftMinor <= 0) return null
  const [credited, left] = [creditedMinor, leftMinor].map((minor) => formatMoney(minor, currency))
  if (creditedMinor > 0) {
    return hold.status === 'held'
      ? `${credited} was credited for ${order}, and ${left} is being checked.`
      : `${credited} was credited for ${order}.`
  }
  return hold.status === 'held'
    ? `${left} for ${order} is being checked. It is yours once that is done.`
    : `Nothing was credited for ${order}: we could not confirm it.`
}

/** True if the network has taken its approval back without a decline. */
const isOnHold = ({ transaction }: ExplainedCashback): boolean =>
  transaction.status === 'pending' || transaction.status === 'confirmed'

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
  const held = explainHoldToStaff(cashback)
  if (held !== null) return `${memberName} was credited ${money(creditedMinor)}: ${held}. ${share}.`
  switch (status) {
    case 'pending':
      return `${memberName} was not credited yet: ${report}. ${share}.`
    case 'approved':
    case 'paid':
      return `${memberName} was credited ${money(creditedMinor)}: ${explainCredit(cashback, report)}. ${share}.`
    case 'declined':
      return `${memberName} was not credited: ${report}. Nothing was posted.`
    case 'reversed':
      return `${memberName}’s cashback ${isOnHold(cashback) ? 'is on hold' : 'was taken back'}: ${report}. Before, ${describeBase(cashback)} made ${money(amountMinor)}.`
  }
}

const explainHoldToStaff = ({
  amountMinor,
  creditedMinor,
  currency,
  hold,
}: ExplainedCashback): string | null => {
  const leftMinor = amountMinor - creditedMinor
  if (!hold || leftMinor <= 0) return null
  const cause = hold.fileImport === null ? 'its assignment grew, and' : `import ${hold.fileImport}`
  const left = formatMoney(leftMinor, currency)
  return hold.status === 'held'
    ? `${left} is held: ${cause} waits for a second person`
    : `a second person rejected ${left} (${hold.fileImport === null ? 'its assignment grew' : cause})`
}

const explainCredit = (
  { currency, autoApproval, transaction }: ExplainedCashback,
  report: string,
): string => {
  if (transaction.status === 'approved' || transaction.status === 'paid' || !autoApproval)
    return report
  const cap =
    autoApproval.capMinor === null ? '' : `, up to ${formatMoney(autoApproval.capMinor, currency)}`
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
