import type { RiskLevel } from '../../../../src/payouts/desk/assessWithdrawal.ts'
import {
  type DeskAction,
  describeNoApproval,
  listActions,
} from '../../../../src/payouts/desk/deskActions.ts'
import type { AssessedRow } from '../../../../src/payouts/desk/listDesk.ts'

/** What the actions on a withdrawal need in the browser. Amounts are minor units of `currency`. */
export type DeskItem = {
  id: string
  reference: string
  memberName: string
  display: string
  grossMinor: number
  netMinor: number
  currency: string
  status: string
  risk: RiskLevel
  actions: DeskAction[]
  /** Why the viewer cannot approve it; null if possible. The endpoint decides again. */
  noApproval: string | null
  /** A second person approves it as well. */
  needsSecond: boolean
  attemptKey: string | null
  driver: string
}

export const toDeskItem = (row: AssessedRow, viewer: string): DeskItem => ({
  id: row.id,
  reference: row.reference,
  memberName: row.memberName,
  display: row.display,
  grossMinor: row.grossMinor,
  netMinor: row.netMinor,
  currency: row.currency,
  status: row.status,
  risk: row.assessment.level,
  actions: listActions(row),
  noApproval: describeNoApproval(row, viewer),
  needsSecond: row.approvalsNeeded > row.approvedBy.length + 1,
  attemptKey: row.attempt?.key ?? null,
  driver: row.attempt?.driver ?? row.driver,
})
