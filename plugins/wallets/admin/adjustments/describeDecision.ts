import { formatMoney } from '../../../../src/domain/money.ts'
import type { Adjustment } from '../../../../src/payload-types.ts'
import type { Drift } from './loadDrift.ts'

export type DialogText = { heading: string; body: string; confirmLabel: string; done: string }

/** A pending adjustment, as the second person sees it. */
export type PendingAdjustment = Pick<Adjustment, 'currency' | 'effect'> & {
  amountMinor: number
  /** The member's name. */
  member: string
  /** For a rebuild; null when there is no such wallet. */
  drift: Drift | null
}

/** The text of the dialog that approves an adjustment. */
export const describeApproval = (adjustment: PendingAdjustment): DialogText => {
  const { currency, effect, member } = adjustment
  if (effect === 'rebuild') {
    return {
      heading: `Set the balance of ${member} back?`,
      body: `Sets the stored ${currency} balance of ${member} back to the sum of its transfers${describeDrift(adjustment)}. Lifts a freeze by the verification. Posts nothing: no transfer is added or changed.`,
      confirmLabel: 'Set the balance back',
      done: `The ${currency} balance of ${member} is the sum of its transfers again.`,
    }
  }
  const amount = formatMoney(adjustment.amountMinor, currency)
  const isCredit = effect === 'credit'
  return {
    heading: isCredit ? `Pay ${amount} to ${member}?` : `Take ${amount} from ${member}?`,
    body: `${isCredit ? `Adds ${amount} to` : `Takes ${amount} out of`} the available balance of ${member}, at once. It cannot be undone, only corrected by another adjustment.`,
    confirmLabel: `Approve ${isCredit ? '+' : '−'}${amount}`,
    done: isCredit
      ? `${amount} paid to the wallet of ${member}.`
      : `${amount} taken from ${member}.`,
  }
}

/** The text of the dialog that rejects an adjustment. */
export const describeRejection = ({ member }: PendingAdjustment): DialogText => ({
  heading: 'Reject this request?',
  body: `No money moves: the balance of ${member} stays as it is. The request is closed for good. To request it again, create a new adjustment.`,
  confirmLabel: 'Reject',
  done: `Rejected. The balance of ${member} stays as it is.`,
})

const describeDrift = ({ currency, drift }: PendingAdjustment): string => {
  if (!drift) return ''
  const [stored, sum] = [drift.storedMinor, drift.sumMinor].map((minor) =>
    formatMoney(minor, currency),
  )
  return stored === sum ? `; both are ${sum} now` : `: from ${stored} to ${sum}, as of now`
}
