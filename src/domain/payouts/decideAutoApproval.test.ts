import { type AutoApprovalFacts, decideAutoApproval } from './decideAutoApproval.ts'

const now = new Date('2026-11-10T12:00:00Z')
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000)
const facts: AutoApprovalFacts = {
  now,
  rule: {
    autoApproveBelowMinor: 100_000,
    autoApproveAfterDays: 60,
    autoApproveAfterSettled: 2,
    fourEyesAboveMinor: 500_000,
  },
  grossMinor: 99_999,
  autoDayMinor: 0,
  memberSince: daysAgo(60),
  settledCount: 2,
  isAccountShared: false,
  nameMatch: 'match',
  hasNegativeWallet: false,
  isUnderReview: false,
  lastReturnedAt: null,
  hasLateSuccess: false,
  methodChangedAt: daysAgo(30),
}

describe('decideAutoApproval', () => {
  it('approves a withdrawal that meets every condition exactly', () => {
    expect(decideAutoApproval(facts)).toEqual([])
    expect(decideAutoApproval({ ...facts, lastReturnedAt: daysAgo(90) })).toEqual([])
  })

  it.each<[string, Partial<AutoApprovalFacts>, string]>([
    ['amount', { grossMinor: 100_000 }, 'it is not below the limit'],
    ['amount', { grossMinor: 50_000, autoDayMinor: 50_000 }, 'the amounts of a day count together'],
    [
      'amount',
      { grossMinor: 1, rule: { ...facts.rule, autoApproveBelowMinor: 0 } },
      '0 turns it off',
    ],
    [
      'four-eyes',
      { rule: { ...facts.rule, fourEyesAboveMinor: 99_998 } },
      'the lower of the two limits wins',
    ],
    ['new-member', { memberSince: daysAgo(59.9) }, 'the account is too young'],
    ['few-settled', { settledCount: 1 }, 'too few earlier withdrawals were settled'],
    ['shared-account', { isAccountShared: true }, 'two members are paid to one account'],
    ['name', { nameMatch: 'mismatch' }, 'the account is of another person'],
    ['name', { nameMatch: 'partial' }, 'the account may be of another person'],
    ['name', { nameMatch: 'unknown' }, 'the names cannot be compared'],
    ['negative-wallet', { hasNegativeWallet: true }, 'the member owes money'],
    ['under-review', { isUnderReview: true }, 'staff look at the account'],
    ['returned', { lastReturnedAt: daysAgo(89.9) }, 'the account may be wrong'],
    ['late-success', { hasLateSuccess: true }, 'the member may have been paid twice'],
    ['new-method', { methodChangedAt: daysAgo(29.9) }, 'a thief adds a method first'],
  ])('leaves it to a person for %s, because %3$s', (code, over) => {
    const reasons = decideAutoApproval({ ...facts, ...over })
    expect(reasons.map((reason) => reason.code)).toEqual([code])
    expect(reasons[0]?.words).not.toBe('')
  })

  it('lists all reasons, so that the desk sees them at once', () => {
    const reasons = decideAutoApproval({
      ...facts,
      grossMinor: 900_000,
      isAccountShared: true,
      nameMatch: 'mismatch',
    })
    expect(reasons).toEqual([
      { code: 'amount', words: 'Not below the automatic amount of a day' },
      { code: 'four-eyes', words: 'Needs two approvals' },
      { code: 'shared-account', words: 'Another member has the same account' },
      { code: 'name', words: 'The names differ' },
    ])
  })
})
