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
 * How much waits, beside the heading.
 *
 * @example listNote(list) // '38 open, ₹1,12,946.00 · 11 score above 80 · best first'
 */
export const listNote = ({ strong, sums, total }: UnattributedList): string =>
  [
    [
      `${formatCount(total)} open`,
      ...sums.map(({ amountMinor, currency }) => formatMoney(amountMinor, currency)),
    ].join(', '),
    `${formatCount(strong)} ${strong === 1 ? 'scores' : 'score'} above ${STRONG_ABOVE}`,
    'best first',
  ].join(' · ')

/** The transaction as people name it, such as in a button for those who listen. */
export const transactionName = ({ transaction }: UnattributedRow): string =>
  `${transaction.merchantName || 'Unknown shop'}, ${transaction.networkName} ${transaction.externalId}`

export const NO_MATCH = `No match from ${SUGGESTED_FROM} up`

/** What a transaction became for its member, from the cashback that followed. */
export type Followed = {
  status: string
  amountMinor: number
  creditedMinor: number
  currency: string
}

/**
 * What an assignment did. Null where nothing followed, or it could not be read.
 *
 * @example assignedWords({ status: 'pending', amountMinor: 47_475, creditedMinor: 0, currency: 'INR' }) // 'Assigned, ₹474.75 pending'
 */
export const assignedWords = (followed: Followed | null): string => {
  if (!followed) return 'Assigned'
  const { amountMinor, creditedMinor, currency, status } = followed
  if (creditedMinor > 0) return `Assigned, ${formatMoney(creditedMinor, currency)} in the wallet`
  return `Assigned, ${formatMoney(amountMinor, currency)} ${labelOf(status).toLowerCase()}`
}

/**
 * Why somebody may not decide on an assignment that waits; null where they may. The endpoint checks
 * it again.
 */
export const whyNotDecide = (
  { member, requestedBy }: NonNullable<UnattributedRow['pending']>,
  viewer: Viewer,
): string | null => {
  if (!viewer.mayAct) return 'Ask finance'
  if (requestedBy === viewer.id) return 'You asked for it: somebody else decides.'
  if (member === viewer.id) return 'It is for you: somebody else decides.'
  return null
}
