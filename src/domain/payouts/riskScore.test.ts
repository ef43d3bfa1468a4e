import fc from 'fast-check'

import { findDeskTime, type RiskFacts, scoreRisk } from './riskScore.ts'

const now = new Date('2026-11-10T12:00:00Z')
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000)
const facts: RiskFacts = {
  now,
  grossMinor: 100_000,
  largestSettledMinor: 100_000,
  isAccountShared: false,
  nameMatch: 'match',
  methodChangedAt: daysAgo(30),
  memberSince: daysAgo(30),
  refundableMinor: 0,
}

describe('scoreRisk', () => {
  it('is zero without reasons for a known member, method and amount', () => {
    expect(scoreRisk(facts)).toEqual({ score: 0, reasons: [] })
  })

  it.each<[Partial<RiskFacts>, string, number, string]>([
    [{ isAccountShared: true }, 'shared-account', 40, 'Another member has the same account'],
    [{ nameMatch: 'mismatch' }, 'name', 30, 'The names differ'],
    [{ nameMatch: 'unknown' }, 'name', 15, 'The names cannot be compared'],
    [{ nameMatch: 'partial' }, 'name', 10, 'The names match in part'],
    [{ methodChangedAt: now }, 'new-method', 15, 'Method since 0 days'],
    [{ methodChangedAt: daysAgo(1) }, 'new-method', 15, 'Method since 1 day'],
    [{ methodChangedAt: daysAgo(29) }, 'new-method', 1, 'Method since 29 days'],
    [{ memberSince: daysAgo(15) }, 'new-member', 5, 'Member since 15 days'],
    [{ grossMinor: 300_000 }, 'large', 15, 'At least 3 times the largest earlier one'],
    [{ largestSettledMinor: 0 }, 'large', 5, 'First withdrawal'],
    [{ refundableMinor: 50_000 }, 'refundable', 10, '50 % can still be refunded'],
    [{ refundableMinor: 900_000 }, 'refundable', 20, '100 % can still be refunded'],
  ])('of %o is for %s: %d points, "%s"', (over, code, points, words) => {
    expect(scoreRisk({ ...facts, ...over })).toEqual({
      score: points,
      reasons: [{ code, points, words }],
    })
  })

  it('adds the reasons up to at most 100, the weightiest first', () => {
    const { reasons, score } = scoreRisk({
      ...facts,
      isAccountShared: true,
      nameMatch: 'mismatch',
      methodChangedAt: now,
      memberSince: now,
      refundableMinor: 100_000,
    })
    expect(score).toBe(100)
    expect(reasons.map(({ code }) => code)).toEqual([
      'shared-account',
      'name',
      'refundable',
      'new-method',
      'new-member',
    ])
  })

  it('stays from 0 to 100 and never falls where a larger part can be refunded', () => {
    const amount = fc.integer({ min: 1, max: 2 ** 50 })
    fc.assert(
      fc.property(amount, amount, amount, (grossMinor, one, other) => {
        const scoreAt = (refundableMinor: number) =>
          scoreRisk({ ...facts, grossMinor, refundableMinor }).score
        expect(scoreAt(Math.max(one, other))).toBeGreaterThanOrEqual(scoreAt(Math.min(one, other)))
        expect(scoreAt(one)).toBeLessThanOrEqual(100)
      }),
    )
  })
})

describe('the desk', () => {
  it('has the riskier of two requests of one time first', () => {
    expect(findDeskTime(now, 41).getTime()).toBeLessThan(findDeskTime(now, 40).getTime())
  })

  it('has an old request without risk before a new one with the highest', () => {
    expect(findDeskTime(daysAgo(3), 0).getTime()).toBeLessThan(findDeskTime(now, 100).getTime())
  })
})
