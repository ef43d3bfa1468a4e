import { formatMoney } from '../../../../src/domain/money.ts'
import type { Adjustment } from '../../../../src/payload-types.ts'
import type { Drift } from './loadDrift.ts'

export type Words = { heading: string; text: string; confirmLabel: string; done: string }

/** An adjustment as its approver reads it. */
export type Asked = Pick<Adjustment, 'currency' | 'effect'> & {
  amountMinor: number
  /** The member's name. */
  member: string
  /** Of a rebuild; null where there is no such wallet. */
  drift: Drift | null
}

/** What approving does, and what it does not. */
export const approvalWords = (asked: Asked): Words => {
  const { currency, effect, member } = asked
  if (effect === 'rebuild') {
    return {
      heading: `Set the balance of ${member} back?`,
      text: `Sets the stored ${currency} balance of ${member} back to the sum of its transfers${driftWords(asked)}. Lifts a freeze by the verification. Posts nothing: no transfer is added or changed.`,
      confirmLabel: 'Set the balance back',
      done: `The ${currency} balance of ${member} is the sum of its transfers again.`,
    }
  }
  const amount = formatMoney(asked.amountMinor, currency)
  const isCredit = effect === 'credit'
  return {
    heading: isCredit ? `Pay ${amount} to ${member}?` : `Take ${amount} from ${member}?`,
    text: `${isCredit ? `Adds ${amount} to` : `Takes ${amount} out of`} the available balance of ${member}, at once. It cannot be undone, only corrected by another adjustment.`,
    confirmLabel: `Approve ${isCredit ? '+' : '−'}${amount}`,
    done: isCredit
      ? `${amount} paid to the wallet of ${member}.`
      : `${amount} taken from ${member}.`,
  }
}

/** What rejecting does, and what it does not. */
export const rejectionWords = ({ member }: Asked): Words => ({
  heading: 'Reject this request?',
  text: `Moves nothing: the balance of ${member} stays as it is. The request is closed for good; asking again takes a new adjustment.`,
  confirmLabel: 'Reject',
  done: `Rejected. The balance of ${member} stays as it is.`,
})

const driftWords = ({ currency, drift }: Asked): string => {
  if (!drift) return ''
  const [stored, sum] = [drift.storedMinor, drift.sumMinor].map((minor) =>
    formatMoney(minor, currency),
  )
  return stored === sum ? `; both are ${sum} now` : `: from ${stored} to ${sum}, as of now`
}
