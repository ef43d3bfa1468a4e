import type { PayoutRule } from './payoutRule.ts'
import { refuseRequest, type RequestFacts } from './refuseRequest.ts'

const rule: PayoutRule = {
  currency: 'INR',
  kind: 'upi',
  driver: 'razorpayx',
  bankProfile: null,
  isOn: true,
  minMinor: 10_000,
  maxMinor: 10_000_000,
  memberDayMinor: 20_000_000,
  actorDayMinor: 50_000_000,
  autoApproveBelowMinor: 0,
  autoApproveAfterDays: 30,
  autoApproveAfterSettled: 2,
  fourEyesAboveMinor: 2_500_000,
  coolOffHours: 24,
  feeFixedMinor: 0,
  feePercentBps: 0,
  feeBearer: 'platform',
}
const now = new Date('2026-11-10T12:00:00Z')
const method: RequestFacts['method'] = {
  kind: 'upi',
  isVerified: true,
  verifiedAt: new Date('2026-11-09T12:00:00Z'),
  usableFrom: null,
}
const facts: RequestFacts = {
  now,
  grossMinor: 100_000,
  currency: 'INR',
  method,
  rule,
  wallet: { availableMinor: 100_000, isFrozen: false },
  isUnderReview: false,
  dayMinor: 0,
  driverRefusal: null,
}
const rich = { availableMinor: 100_000_000, isFrozen: false }

describe('refuseRequest', () => {
  it('accepts the whole balance by a verified method after its cool-off', () => {
    expect(refuseRequest(facts)).toBeNull()
  })

  it.each<[string, string | null, Partial<RequestFacts>, string]>([
    ['malformed-amount', 'amountMinor', { grossMinor: 0 }, 'Give an amount above zero.'],
    ['malformed-amount', 'amountMinor', { grossMinor: 0.5 }, 'Give an amount above zero.'],
    [
      'method-off',
      'method',
      { rule: { ...rule, isOn: false } },
      'Withdrawals in INR by this method are off. Choose another method.',
    ],
    [
      'method-off',
      'method',
      { rule: null },
      'Withdrawals in INR by this method are off. Choose another method.',
    ],
    [
      'method-not-verified',
      'method',
      { method: { ...method, isVerified: false } },
      'Confirm this method first.',
    ],
    [
      'method-cooling-off',
      'method',
      { method: { ...method, verifiedAt: new Date('2026-11-09T12:00:00.001Z') } },
      'This method is new or was changed. You can use it from 2026-11-10 12:00 UTC.',
    ],
    [
      'wallet-frozen',
      null,
      { wallet: { availableMinor: 100_000, isFrozen: true } },
      'We are checking your balance. Contact us if this lasts.',
    ],
    [
      'wallet-negative',
      null,
      { wallet: { availableMinor: -50, isFrozen: false } },
      'Your balance is −₹0.50. Withdrawals are possible once it is above zero.',
    ],
    [
      'under-review',
      null,
      { isUnderReview: true },
      'We are reviewing your account. Contact us if this lasts.',
    ],
    ['below-minimum', 'amountMinor', { grossMinor: 9_999 }, 'The minimum is ₹100.00.'],
    [
      'above-maximum',
      'amountMinor',
      { grossMinor: 10_000_001, wallet: rich },
      'The maximum is ₹1,00,000.00.',
    ],
    [
      'not-payable',
      'amountMinor',
      { driverRefusal: { code: 'upi.limit', message: 'UPI pays up to ₹1,00,000.' } },
      'UPI pays up to ₹1,00,000.',
    ],
    ['insufficient', 'amountMinor', { grossMinor: 100_001 }, 'You have ₹1,000.00 available.'],
    [
      'day-limit',
      'amountMinor',
      { dayMinor: 19_900_001 },
      'You can withdraw ₹2,00,000.00 in 24 hours; ₹999.99 is left.',
    ],
    [
      'day-limit',
      'amountMinor',
      { dayMinor: 30_000_000 },
      'You can withdraw ₹2,00,000.00 in 24 hours; ₹0.00 is left.',
    ],
  ])('refuses as withdrawal.%s at the field %s %#', (problem, field, over, message) => {
    const code = `withdrawal.${problem}`
    expect(refuseRequest({ ...facts, ...over })).toEqual({ code, message, field })
  })

  it.each<[string, Partial<RequestFacts>]>([
    ['at the minimum', { grossMinor: rule.minMinor }],
    ['at the maximum', { grossMinor: rule.maxMinor, wallet: rich }],
    ['at the limit of the day', { dayMinor: 19_900_000 }],
    [
      'without a cool-off',
      { rule: { ...rule, coolOffHours: 0 }, method: { ...method, verifiedAt: now } },
    ],
  ])('accepts an amount %s', (_case, over) => {
    expect(refuseRequest({ ...facts, ...over })).toBeNull()
  })

  it('names what the member can change first: a method that is off before a low amount', () => {
    const refusal = refuseRequest({ ...facts, rule: { ...rule, isOn: false }, grossMinor: 1 })
    expect(refusal?.code).toBe('withdrawal.method-off')
  })
})
