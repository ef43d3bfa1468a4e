import { SKIP_REASONS, type SkipReason } from '../../../../src/domain/referrals/commission.ts'
import type { DecidedCommission } from '../../../../src/domain/referrals/explainCommission.ts'
import { writeMemberAnswer } from './writeMemberAnswer.ts'
import { describeDecision } from './describeDecision.ts'

const decided = (over: Partial<DecidedCommission> = {}): DecidedCommission => ({
  status: 'awarded',
  reason: null,
  rule: {
    version: 7,
    enabled: true,
    rateBps: 1_000,
    holdDays: 0,
    duration: 'months',
    durationMonths: 12,
    currencies: [{ currency: 'INR', minPaymentMinor: 50_000, maxCommissionMinor: 100_000 }],
    confirmedOnly: true,
  },
  rateBps: 1_000,
  baseMinor: 625_000,
  amountMinor: 62_500,
  reversedMinor: 0,
  currency: 'INR',
  holdUntil: null,
  checks: SKIP_REASONS.map((name) => ({ name, passed: true, value: '' })),
  ...over,
})
const skipped = (reason: SkipReason) =>
  decided({
    status: 'skipped',
    reason,
    amountMinor: 0,
    checks: SKIP_REASONS.map((name) => ({ name, passed: name !== reason, value: '' })),
  })
const decision = (over: Partial<DecidedCommission>) =>
  describeDecision(decided(over), {
    payerName: 'Kavita Rao',
    referrerName: 'Suresh Rao',
    writeDay: () => '27 Nov 2026',
  })

describe('describeDecision', () => {
  it.each([
    [{}, 'good', 'Suresh Rao earned a commission on this payment', 62_500],
    [
      { status: 'partly-reversed', reversedMinor: 12_500 },
      'good',
      'Suresh Rao earned a commission on this payment',
      50_000,
    ],
    [
      { status: 'held', holdUntil: new Date() },
      'waiting',
      'Suresh Rao’s commission is held until 27 Nov 2026',
      62_500,
    ],
    [
      { status: 'reversed', reversedMinor: 62_500 },
      'bad',
      'Suresh Rao’s commission was taken back: the payment was refunded',
      0,
    ],
    [
      { status: 'cancelled', reversedMinor: 62_500 },
      'bad',
      'Suresh Rao was not paid: the payment was refunded in the hold',
      0,
    ],
  ] as const)('of %j has the tone %s and the title: %s', (over, tone, title, currentMinor) => {
    expect(decision(over)).toMatchObject({ tone, title, currentMinor })
  })

  it('explains the amount by rate, cap and refunds', () => {
    expect(decision({ amountMinor: 50_000, reversedMinor: 1 }).detail).toBe(
      'Kavita Rao paid ₹6,250.00. The rate gave ₹625.00 and the cap cut it to ₹500.00. Refunds took ₹0.01 back.',
    )
  })

  it.each(SKIP_REASONS)(
    'of a payment skipped for %s starts with the reason and names the failed check',
    (reason) => {
      const text = decision(skipped(reason))
      expect(text).toMatchObject({ tone: 'bad', currentMinor: null })
      expect(text.title).toMatch(/^Suresh Rao was not paid: .+[^.]$/)
      expect(text.detail).toContain(`Check ${SKIP_REASONS.indexOf(reason) + 1} of 12 failed`)
    },
  )
})

describe('the answer for a member', () => {
  it.each(SKIP_REASONS)('for %s is a full sentence in plain words', (reason) => {
    const text = writeMemberAnswer(skipped(reason), '19 Nov')
    expect(text).toMatch(/^[A-Z].{40,}\.$/)
    expect(text).toContain('19 Nov')
    expect(text.toLowerCase()).not.toMatch(/network|postback|ledger|clawback|commission|minor|null/)
    expect(text).not.toContain(reason)
  })
})
