import { findDeskTime, type RiskReason, scoreRisk } from '../../domain/payouts/riskScore.ts'
import type { DeskRow } from './loadDeskRows.ts'

export type RiskLevel = 'high' | 'low' | 'medium'
/** `blocked`: it cannot be paid now. `warning`: look before you approve. `note`: good to know. */
type DeskNote = { tone: 'blocked' | 'note' | 'warning'; text: string }
export type Assessment = {
  score: number
  level: RiskLevel
  reasons: RiskReason[]
  notes: DeskNote[]
  /** The instant by which what waits is sorted, in ISO 8601. */
  deskTime: string
}

const HIGH = 60
const MEDIUM = 25

/** Assesses a withdrawal for the desk: its risk, and what a person should see before a decision. */
export const assessWithdrawal = (row: DeskRow, now: Date): Assessment => {
  const { reasons, score } = scoreRisk({
    now,
    grossMinor: row.grossMinor,
    largestSettledMinor: row.largestSettledMinor,
    isAccountShared: row.otherMembers > 0,
    nameMatch: row.nameMatch,
    methodChangedAt: new Date(row.methodSince),
    memberSince: new Date(row.memberSince),
    refundableMinor: row.refundableMinor,
  })
  return {
    score,
    level: score >= HIGH ? 'high' : score >= MEDIUM ? 'medium' : 'low',
    reasons,
    notes: [...listBlocks(row), ...reasons.map((reason) => toNote(reason, row))],
    deskTime: findDeskTime(new Date(row.requestedAt), score).toISOString(),
  }
}

/** What stops a withdrawal from being approved or paid. */
const listBlocks = (row: DeskRow): DeskNote[] =>
  [
    row.isPaidLate && 'An earlier attempt was reported as paid: answer that first',
    row.frozenReason !== null && `Wallet frozen: ${row.frozenReason}`,
    row.isNegative && 'A wallet of the member is below zero',
    row.reviewReason !== null && `Member under review: ${row.reviewReason}`,
  ].flatMap((text) => (text ? [{ tone: 'blocked' as const, text }] : []))

const toNote = ({ code, points, words }: RiskReason, row: DeskRow): DeskNote => ({
  tone: points >= 10 ? 'warning' : 'note',
  text: code === 'shared-account' ? describeShared(row) : words,
})

const describeShared = ({ otherMembers }: DeskRow): string =>
  otherMembers === 1
    ? '1 other member has the same account'
    : `${otherMembers} other members have the same account`
