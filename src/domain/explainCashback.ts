import type { CashbackRate } from './cashback.ts'
import type { CashbackStatus } from './cashbackEvent.ts'
import { formatMoney } from './money.ts'
import { formatBps } from './percent.ts'
import type { SaleStatus } from './sale.ts'

/** What is stored of one order's cashback. Amounts in minor units of `currency`. */
export type ToldCashback = {
  status: CashbackStatus
  merchantName: string
  amountMinor: number
  /** What of it is in the wallet. */
  creditedMinor: number
  currency: string
  rate: CashbackRate
  /** Null where it was not approved by age. */
  grant: { capMinor: number | null } | null
  sale: {
    status: SaleStatus
    /** The network's own word. */
    rawStatus: string
    saleMinor: number | null
    commissionMinor: number
    /** What returns take away, not above zero. */
    returnedMinor: number
    comment: string | null
  }
}

/** Who asks. To the member it speaks of the shop and the order, and of nothing behind them. */
export type CashbackViewer =
  { is: 'member' } | { is: 'staff'; memberName: string; networkName: string }

/** Says in words why an order's cashback is what it is: the answer first, then what made it. */
export const explainCashback = (told: ToldCashback, viewer: CashbackViewer): string =>
  viewer.is === 'member' ? toMember(told) : toStaff(told, viewer)

const toMember = (told: ToldCashback): string => {
  const { amountMinor, creditedMinor, currency, grant, merchantName, status } = told
  const money = (minor: number) => formatMoney(minor, currency)
  const order = `your order at ${merchantName}`
  switch (status) {
    case 'pending':
      return `${money(amountMinor)} is on its way for ${order}. It is yours once the shop confirms the order.`
    case 'approved':
    case 'paid':
      return creditedMinor < amountMinor && grant
        ? `${money(creditedMinor)} was credited for ${order}, and ${money(amountMinor - creditedMinor)} follows once the shop confirms it.`
        : `${money(creditedMinor)} was credited for ${order}.${returnedNote(told)}`
    case 'declined':
      return `Nothing was credited for ${order}: the shop did not accept it. Returned and cancelled orders earn nothing.`
    case 'reversed':
      return `The cashback for ${order} was taken back: the shop no longer accepts the order. Returned and cancelled orders earn nothing.`
  }
}

const returnedNote = ({ sale }: ToldCashback): string =>
  sale.returnedMinor < 0 ? ' What was returned of it earned nothing.' : ''

const toStaff = (
  told: ToldCashback,
  { memberName, networkName }: { memberName: string; networkName: string },
): string => {
  const { amountMinor, creditedMinor, currency, sale, status } = told
  const money = (minor: number) => formatMoney(minor, currency)
  const share = `${baseWords(told)} makes ${money(amountMinor)}`
  const word = `${networkName} says “${sale.rawStatus}”`
  switch (status) {
    case 'pending':
      return `${memberName} was not credited yet: ${word}. ${share}.`
    case 'approved':
    case 'paid':
      return `${memberName} was credited ${money(creditedMinor)}: ${whyCredited(told, word)}. ${share}.`
    case 'declined':
      return `${memberName} was not credited: ${word}. Nothing was posted.`
    case 'reversed':
      return `${memberName}’s cashback was taken back: ${word}. ${share} while it stood.`
  }
}

const whyCredited = ({ currency, grant, sale }: ToldCashback, word: string): string => {
  if (sale.status === 'approved' || sale.status === 'paid' || !grant) return word
  const cap = grant.capMinor === null ? '' : `, up to ${formatMoney(grant.capMinor, currency)}`
  return `approved by age${cap}, while ${word}`
}

const baseWords = ({ currency, rate, sale }: ToldCashback): string => {
  const money = (minor: number) => formatMoney(minor, currency)
  const { commissionMinor, returnedMinor, saleMinor } = sale
  if (rate.basis === 'sale') {
    const sum = saleMinor === null ? 'an unknown amount' : money(saleMinor)
    const lowered = returnedMinor < 0 ? ' less what returned of it' : ''
    return `${formatBps(rate.rateBps)} of the sale of ${sum}${lowered}`
  }
  const returned = returnedMinor < 0 ? ` less ${money(-returnedMinor)} for returns` : ''
  return `${formatBps(rate.rateBps)} of the commission of ${money(commissionMinor)}${returned}`
}
