import { formatCount } from '../../../../src/admin/format/counts.ts'
import { STRONG_ABOVE, SUGGESTED_FROM } from '../../../../src/domain/cashback/scoreMatch.ts'
import { formatMoney } from '../../../../src/domain/money.ts'
import { labelOf } from '../../../../src/domain/labels.ts'
import type {
  UnattributedList,
  UnattributedRow,
} from '../../../../src/cashback/attribution/listUnattributed.ts'
import type { Viewer } from '../screen.ts'

/**
 * The note beside the heading: the count and cashback of all unattributed transactions.
 *
 * @example formatListNote(list) // '38 open, ₹1,12,946.00 · 11 score above 80 · best first'
 */
export const formatListNote = ({ strong, sums, total }: UnattributedList): string =>
  [
    [
      `${formatCount(total)} open`,
      ...sums.map(({ amountMinor, currency }) => formatMoney(amountMinor, currency)),
    ].join(', '),
    `${formatCount(strong)} ${strong === 1 ? 'scores' : 'score'} above ${STRONG_ABOVE}`,
    'best first',
  ].join(' · ')

/** The name of a transaction, for screen readers and dialogs. */
export const formatTransactionName = ({ transaction }: UnattributedRow): string =>
  `${transaction.merchantName || 'Unknown merchant'}, ${transaction.networkName} ${transaction.externalId}`

export const NO_MATCH = `No match of ${SUGGESTED_FROM} or more`

/** The cashback event that an assignment created. */
export type ResultingCashback = {
  status: string
  amountMinor: number
  creditedMinor: number
  currency: string
}

/**
 * The outcome of an assignment. Pass null when there is no cashback event, or it could not be read.
 *
 * @example describeAssignment({ status: 'pending', amountMinor: 47_475, creditedMinor: 0, currency: 'INR' }) // 'Assigned, ₹474.75 pending'
 */
export const describeAssignment = (cashback: ResultingCashback | null): string => {
  if (!cashback) return 'Assigned'
  const { amountMinor, creditedMinor, currency, status } = cashback
  if (creditedMinor > 0) return `Assigned, ${formatMoney(creditedMinor, currency)} in the wallet`
  return `Assigned, ${formatMoney(amountMinor, currency)} ${labelOf(status).toLowerCase()}`
}

/**
 * Why the viewer may not decide on a pending assignment; null if they may. The endpoint checks it
 * again.
 */
export const explainNoDecision = (
  { member, requestedBy }: NonNullable<UnattributedRow['pending']>,
  viewer: Viewer,
): string | null => {
  if (!viewer.mayAct) return 'Ask finance'
  if (requestedBy === viewer.id) return 'You requested this. Another person must decide.'
  if (member === viewer.id) return 'This is for you. Another person must decide.'
  return null
}
