import { type Program, SKIP_REASONS, type SkipReason } from './commission.ts'
import { type DecidedCommission, explainCommission, type Viewer } from './explainCommission.ts'

const STAFF: Viewer = { is: 'staff', payerName: 'Kavita Rao', referrerName: 'Ananya Iyer' }
const REFERRER: Viewer = { is: 'referrer' }

const rule: Program = {
  version: 3,
  enabled: true,
  rateBps: 1_000,
  holdDays: 0,
  duration: 'always',
  durationMonths: null,
  currencies: [{ currency: 'INR', minPaymentMinor: 50_000, maxCommissionMinor: 2_000 }],
  confirmedOnly: true,
}
const decided = (over: Partial<DecidedCommission> = {}): DecidedCommission => ({
  status: 'awarded',
  reason: null,
  rule,
  rateBps: 1_000,
  baseMinor: 10_000,
  amountMinor: 1_000,
  reversedMinor: 0,
  currency: 'INR',
  holdUntil: null,
  checks: [{ name: 'same-email', passed: true, value: 'ka•••@example.in, an•••@example.in' }],
  ...over,
})
const skipped = (reason: SkipReason | null, over: Partial<DecidedCommission> = {}) =>
  decided({ status: 'skipped', reason, amountMinor: 0, ...over })

describe('the explanation of a decided commission', () => {
  it.each([
    [
      'awarded',
      decided(),
      'Ananya Iyer was paid ₹10.00: 10.00 % of Kavita Rao’s payment of ₹100.00.',
      'You were paid ₹10.00: 10.00 % of a payment of ₹100.00.',
    ],
    [
      'held',
      decided({ status: 'held', holdUntil: new Date('2026-02-22T12:00:00Z') }),
      'Ananya Iyer was awarded ₹10.00: 10.00 % of Kavita Rao’s payment of ₹100.00. It is held until 2026-02-22 and not yet in their wallet.',
      'You were awarded ₹10.00: 10.00 % of a payment of ₹100.00. It is held until 2026-02-22 and not yet in your wallet.',
    ],
    [
      'cancelled',
      decided({ status: 'cancelled' }),
      'Ananya Iyer was awarded ₹10.00: 10.00 % of Kavita Rao’s payment of ₹100.00. The payment was refunded while it was held, so nothing was paid.',
      'You were awarded ₹10.00: 10.00 % of a payment of ₹100.00. The payment was refunded while it was held, so nothing was paid.',
    ],
    [
      'partly reversed',
      decided({ status: 'partly-reversed', reversedMinor: 250 }),
      'Ananya Iyer was paid ₹10.00: 10.00 % of Kavita Rao’s payment of ₹100.00. ₹2.50 was taken back because of refunds.',
      'You were paid ₹10.00: 10.00 % of a payment of ₹100.00. ₹2.50 was taken back because of refunds.',
    ],
    [
      'reversed',
      decided({ status: 'reversed', reversedMinor: 1_000 }),
      'Ananya Iyer was paid ₹10.00: 10.00 % of Kavita Rao’s payment of ₹100.00. ₹10.00 was taken back because of refunds.',
      'You were paid ₹10.00: 10.00 % of a payment of ₹100.00. ₹10.00 was taken back because of refunds.',
    ],
  ])('gives for %s the amount and its calculation', (_name, commission, toStaff, toReferrer) => {
    expect(explainCommission(commission, STAFF)).toBe(toStaff)
    expect(explainCommission(commission, REFERRER)).toBe(toReferrer)
  })

  it('mentions a cap that cut the amount', () => {
    const capped = decided({ baseMinor: 50_000, amountMinor: 2_000 })
    expect(explainCommission(capped, REFERRER)).toContain('of ₹500.00, cut at the cap.')
  })

  it('does not mention the cap for an amount of exactly the cap', () => {
    const whole = decided({ baseMinor: 20_000, amountMinor: 2_000 })
    expect(explainCommission(whole, REFERRER)).not.toContain('cap')
  })

  it('uses the payment’s own currency', () => {
    const yen = decided({ currency: 'JPY', baseMinor: 10_000, amountMinor: 1_000 })
    expect(explainCommission(yen, REFERRER)).toBe(
      'You were paid JP¥1,000: 10.00 % of a payment of JP¥10,000.',
    )
  })
})

const WORDS: Record<SkipReason, string> = {
  'program-disabled': 'the programme was switched off when the payment completed',
  'no-referrer': 'the payer was not referred by anyone',
  'self-referral': 'payer and referrer are the same account',
  'same-email': 'both accounts use, or have used, the same mailbox',
  'same-phone': 'both accounts use, or have used, the same phone',
  'not-confirmed':
    'payer and referrer both need a confirmed e-mail address or phone number, and one had none',
  'referral-loop': 'payer and referrer referred each other, directly or through others',
  'referrer-inactive': 'the referrer had not switched the programme on',
  'duration-ended': 'payments earn for 12 months after registration, and that time was over',
  'currency-not-configured': 'the programme has no row for INR',
  'below-minimum': '₹100.00 is below the minimum of ₹500.00',
  'rounds-to-zero': '10.00 % of ₹100.00 rounds to zero',
}
const forMonths: Partial<DecidedCommission> = {
  rule: { ...rule, duration: 'months', durationMonths: 12 },
}

describe('the explanation of a payment that earned nothing', () => {
  it.each(SKIP_REASONS)('names the facts behind %s', (reason) => {
    const commission = skipped(reason, forMonths)
    expect(explainCommission(commission, REFERRER)).toBe(`You were not paid: ${WORDS[reason]}.`)
    expect(explainCommission(commission, STAFF)).toBe(`Ananya Iyer was not paid: ${WORDS[reason]}.`)
  })

  it('mentions that only the first payment earns, in such a programme', () => {
    const first = skipped('duration-ended', { rule: { ...rule, duration: 'first' } })
    expect(explainCommission(first, REFERRER)).toBe(
      'You were not paid: only the first payment of a referred member earns, and there was one before.',
    )
  })

  it('mentions a missing reason', () => {
    expect(explainCommission(skipped(null), REFERRER)).toBe(
      'You were not paid: no reason was stored.',
    )
  })

  it('names no payee if there is no referrer', () => {
    const words = explainCommission(skipped('no-referrer'), { ...STAFF, referrerName: null })
    expect(words).toMatch(/^No commission was paid: /)
    expect(words).toContain(WORDS['no-referrer'])
  })
})

describe('the explanation for the referrer', () => {
  const all = [
    ...SKIP_REASONS.map((reason) => skipped(reason, forMonths)),
    ...(['awarded', 'held', 'cancelled', 'partly-reversed', 'reversed'] as const).map((status) =>
      decided({ status }),
    ),
  ]

  it.each(all)('names no other person: $status $reason', (commission) => {
    const words = explainCommission(commission, REFERRER)
    expect(words).toMatch(/^You were /)
    expect(words).not.toMatch(/Kavita|Ananya|•|@/)
    expect(words).not.toMatch(/undefined|null|NaN|\[object/)
  })
})
