import { assessWithdrawal } from './assessWithdrawal.ts'
import { describeApprovals, describeNoApproval, listActions } from './deskActions.ts'
import { describePayment } from './describePayment.ts'
import type { DeskRow } from './loadDeskRows.ts'

const NOW = new Date('2026-11-30T10:00:00Z')
const ROW: DeskRow = {
  id: 'w',
  reference: 'W-1',
  status: 'requested',
  member: 'asha',
  memberName: 'Asha Rao',
  memberSince: '2026-01-01T00:00:00Z',
  methodKind: 'upi',
  display: 'as•••@okhdfc',
  holderName: 'Asha Rao',
  nameMatch: 'match',
  methodSince: '2026-01-01T00:00:00Z',
  driver: 'simulated',
  bankProfile: null,
  grossMinor: 100_000,
  feeMinor: 0,
  deductionMinor: 0,
  netMinor: 100_000,
  currency: 'INR',
  requestedAt: '2026-11-30T08:00:00Z',
  approvedAt: null,
  sentAt: null,
  endedAt: null,
  approvalsNeeded: 1,
  approvedBy: [],
  isAutoApproved: false,
  isPaidLate: false,
  reason: null,
  holdUntil: null,
  holdOwner: null,
  nextAttemptAt: null,
  attempt: null,
  otherMembers: 0,
  settledCount: 3,
  largestSettledMinor: 100_000,
  isNegative: false,
  frozenReason: null,
  reviewReason: null,
  refundableMinor: 0,
}
const ATTEMPT: NonNullable<DeskRow['attempt']> = {
  key: 'pa1',
  driver: 'simulated',
  status: 'in-doubt',
  code: null,
  detail: null,
  remedy: null,
  inDoubtSince: null,
  lateAt: null,
  lookCount: 0,
}

describe('assessWithdrawal', () => {
  it('a withdrawal without risk is low, has no notes and is sorted by its request', () => {
    expect(assessWithdrawal(ROW, NOW)).toEqual({
      score: 0,
      level: 'low',
      reasons: [],
      notes: [],
      deskTime: '2026-11-30T08:00:00.000Z',
    })
  })

  it.each<[Partial<DeskRow>, string, string, string]>([
    [{ otherMembers: 2 }, 'medium', 'warning', '2 other members have the same account'],
    [{ otherMembers: 1, nameMatch: 'mismatch' }, 'high', 'warning', 'The names differ'],
    [{ isNegative: true }, 'low', 'blocked', 'A wallet of the member is below zero'],
    [{ frozenReason: 'a gap' }, 'low', 'blocked', 'Wallet frozen: a gap'],
    [{ reviewReason: 'a check' }, 'low', 'blocked', 'Member under review: a check'],
    [{ largestSettledMinor: 0 }, 'low', 'note', 'First withdrawal'],
    [{ methodSince: '2026-11-29T10:00:00Z' }, 'low', 'warning', 'Method since 1 day'],
  ])('%j is %s, with a %s: %s', (over, level, tone, text) => {
    const assessed = assessWithdrawal({ ...ROW, ...over }, NOW)
    expect(assessed.level).toBe(level)
    expect(assessed.notes).toContainEqual({ tone, text })
  })

  it('what blocks comes before the risks', () => {
    const { notes } = assessWithdrawal({ ...ROW, isNegative: true, otherMembers: 1 }, NOW)
    expect(notes.map(({ tone }) => tone)).toEqual(['blocked', 'warning'])
  })
})

describe('listActions', () => {
  it.each<[Partial<DeskRow>, string[]]>([
    [{ status: 'requested' }, ['approve', 'reject', 'hold']],
    [{ status: 'on-hold' }, ['lift', 'reject']],
    [{ status: 'approved' }, ['reject', 'hold']],
    [{ status: 'in-doubt', attempt: ATTEMPT }, ['look-up']],
    [{ status: 'sent', attempt: { ...ATTEMPT, driver: 'bank-file' } }, []],
    [{ status: 'failed', isPaidLate: true }, ['answer-late']],
    [{ status: 'on-hold', isPaidLate: true }, ['answer-late']],
    [{ status: 'approved', isPaidLate: true }, ['answer-late', 'hold']],
    [{ status: 'settled' }, []],
  ])('%j allows %j', (over, actions) => {
    expect(listActions({ ...ROW, ...over })).toEqual(actions)
  })
})

describe('approvals', () => {
  it.each<[Partial<DeskRow>, string | null, string | null]>([
    [{}, null, null],
    [{ approvalsNeeded: 2 }, null, 'Two people approve it'],
    [
      { approvalsNeeded: 2, approvedBy: ['arvind'] },
      null,
      '1 of 2 approved, you can be the second',
    ],
    [
      { approvalsNeeded: 2, approvedBy: ['meera'] },
      'You approved it. A second person is needed.',
      '1 of 2 approved, by you',
    ],
    [{ member: 'meera' }, 'This is your own withdrawal. Another person decides.', null],
    [{ isNegative: true }, 'A wallet of the member is below zero.', null],
    [{ status: 'sent', approvalsNeeded: 2 }, 'It does not wait for an approval.', null],
  ])('%j is refused with %j and described as %j', (over, refusal, words) => {
    const row = { ...ROW, ...over }
    expect(describeNoApproval(row, 'meera')).toBe(refusal)
    expect(describeApprovals(row, 'meera')).toBe(words)
  })
})

describe('describePayment', () => {
  const describe = (over: Partial<DeskRow>) =>
    describePayment({ ...ROW, ...over }, { drivers: ['simulated'], now: NOW })
  const soon = '2026-11-30T11:00:00Z'

  it.each<[Partial<DeskRow>, boolean, string]>([
    [{}, false, 'Paid in the next run'],
    [{ nextAttemptAt: '2026-11-30T09:00:00Z' }, false, 'Paid in the next run'],
    [{ driver: 'bank-file', bankProfile: 'ICICI' }, false, 'Waits for a bank file (ICICI)'],
    [{ driver: 'paypal' }, true, 'paypal is not set up'],
    [{ isNegative: true }, true, 'A wallet of the member is below zero'],
    [
      { nextAttemptAt: soon, attempt: { ...ATTEMPT, remedy: 'operator', detail: 'Low balance' } },
      true,
      'Our balance or set-up: Low balance',
    ],
    [
      { nextAttemptAt: soon, attempt: { ...ATTEMPT, remedy: 'later', code: 'bank-down' } },
      false,
      'Tried again: bank-down',
    ],
  ])('%j is stopped %j: %s', (over, isStopped, text) => {
    expect(describe(over)).toEqual({ isStopped, text })
  })
})
