import { checkTransition } from '../../domain/payouts/withdrawalStates.ts'
import type { DeskRow } from './loadDeskRows.ts'

/** The name of payment by a file in `driver`; the server's constant is not for the browser. */
const BANK_FILE = 'bank-file'

type Status = Pick<DeskRow, 'attempt' | 'isPaidLate' | 'status'>
export type DeskAction = 'answer-late' | 'approve' | 'hold' | 'lift' | 'look-up' | 'reject'

/** Returns what finance can do with a withdrawal in its state. The endpoints decide again. */
export const listActions = ({ attempt, isPaidLate, status }: Status): DeskAction[] => {
  const isPossible = (to: Parameters<typeof checkTransition>[1]): boolean =>
    checkTransition(status, to, 'finance') === null
  const asks: [DeskAction, boolean][] = [
    ['answer-late', isPaidLate],
    ['approve', status === 'requested' && !isPaidLate],
    ['lift', status === 'on-hold' && !isPaidLate],
    ['reject', isPossible('rejected') && !isPaidLate],
    ['hold', isPossible('on-hold')],
    [
      'look-up',
      (status === 'sent' || status === 'in-doubt') &&
        attempt !== null &&
        attempt.driver !== BANK_FILE,
    ],
  ]
  return asks.flatMap(([action, applies]) => (applies ? [action] : []))
}

type Approvable = Pick<
  DeskRow,
  'approvalsNeeded' | 'approvedBy' | 'isNegative' | 'member' | 'status'
>

/** Returns why a person cannot approve a withdrawal, as far as the row shows it; null if possible. */
export const describeNoApproval = (row: Approvable, viewer: string): string | null => {
  if (row.status !== 'requested') return 'It does not wait for an approval.'
  if (row.member === viewer) return 'This is your own withdrawal. Another person decides.'
  if (row.approvedBy.includes(viewer)) return 'You approved it. A second person is needed.'
  if (row.isNegative) return 'A wallet of the member is below zero.'
  return null
}

/**
 * Describes the approvals of a withdrawal that needs two people; null if one is enough.
 *
 * @example // '1 of 2 approved, you can be the second'
 */
export const describeApprovals = (row: Approvable, viewer: string): string | null => {
  const { approvalsNeeded, approvedBy } = row
  if (approvalsNeeded < 2 || row.status !== 'requested') return null
  if (approvedBy.length === 0) return 'Two people approve it'
  const given = `${approvedBy.length} of ${approvalsNeeded} approved`
  if (approvedBy.includes(viewer)) return `${given}, by you`
  return describeNoApproval(row, viewer) === null ? `${given}, you can be the second` : given
}
