import { METHOD_KINDS } from './methodKinds.ts'
import { findRule, type PayoutRule } from './payoutRule.ts'

const upi: PayoutRule = {
  currency: 'INR',
  kind: 'upi',
  driver: 'razorpayx',
  bankProfile: null,
  isOn: true,
  minMinor: 10_000,
  maxMinor: 10_000_000,
  memberDayMinor: 20_000_000,
  actorDayMinor: 50_000_000,
  autoApproveBelowMinor: 100_000,
  autoApproveAfterDays: 30,
  autoApproveAfterSettled: 2,
  fourEyesAboveMinor: 2_500_000,
  coolOffHours: 24,
  feeFixedMinor: 500,
  feePercentBps: 100,
  feeBearer: 'member',
}
const bank: PayoutRule = { ...upi, kind: 'bank-in', isOn: false }
const paypal: PayoutRule = { ...upi, kind: 'paypal', currency: 'USD' }
const rules = [upi, bank, paypal]

describe('findRule', () => {
  it('returns the rule of the kind and the currency', () => {
    expect(findRule(rules, 'upi', 'INR')).toBe(upi)
    expect(findRule(rules, 'paypal', 'USD')).toBe(paypal)
  })

  it('returns a rule that is off, so that the refusal can name it', () => {
    expect(findRule(rules, 'bank-in', 'INR')).toBe(bank)
  })

  it('returns null for another currency or another kind', () => {
    expect(findRule(rules, 'upi', 'USD')).toBeNull()
    expect(findRule(rules, 'iban', 'INR')).toBeNull()
    expect(METHOD_KINDS.map((kind) => findRule([], kind, 'INR'))).toEqual(
      METHOD_KINDS.map(() => null),
    )
  })
})
