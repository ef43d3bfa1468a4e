import fc from 'fast-check'

import { computeCommission, type CommissionFacts, SKIP_REASONS } from './commission.ts'

const payer: CommissionFacts['payer'] = {
  id: 'buyer',
  name: 'Kavita Rao',
  email: 'kavita@example.in',
  phone: '+919845011111',
  mailboxKeys: [],
  phoneKeys: [],
  isConfirmed: true,
  registeredAt: new Date('2026-01-31T10:00:00Z'),
}
const referrer: NonNullable<CommissionFacts['referrer']> = {
  id: 'affiliate',
  name: 'Ananya Iyer',
  email: 'ananya@example.in',
  phone: '+919876546620',
  mailboxKeys: [],
  phoneKeys: [],
  isConfirmed: true,
  affiliateActive: true,
}
const program: CommissionFacts['program'] = {
  version: 3,
  enabled: true,
  rateBps: 1_000,
  holdDays: 0,
  duration: 'always',
  durationMonths: null,
  currencies: [{ currency: 'INR', minPaymentMinor: 0, maxCommissionMinor: null }],
  confirmedOnly: true,
}
const sound: CommissionFacts = {
  payment: { amountMinor: 10_000, currency: 'INR' },
  payer,
  referrer,
  isLoop: false,
  earlierAwards: 0,
  program,
  now: new Date('2026-02-15T12:00:00Z'),
}

const inr = (limits: { minPaymentMinor?: number; maxCommissionMinor?: number | null }) => ({
  currencies: [{ currency: 'INR', minPaymentMinor: 0, maxCommissionMinor: null, ...limits }],
})
const paying = (amountMinor: number, over: Partial<CommissionFacts['program']> = {}) =>
  computeCommission({
    ...sound,
    payment: { amountMinor, currency: 'INR' },
    program: { ...program, ...over },
  })
const between = (
  one: Partial<CommissionFacts['payer']>,
  other: Partial<NonNullable<CommissionFacts['referrer']>>,
) =>
  computeCommission({ ...sound, payer: { ...payer, ...one }, referrer: { ...referrer, ...other } })

describe('the amount of a commission', () => {
  it.each([
    { earns: 1_000, amountMinor: 10_000, over: {}, because: '10 % of 100.00' },
    { earns: 1, amountMinor: 5, over: {}, because: 'half a paisa rounds up' },
    { earns: 1, amountMinor: 14, over: {}, because: 'less than half rounds down' },
    { earns: 2, amountMinor: 15, over: {}, because: 'every half rounds up, not to even' },
    { earns: 10_000, amountMinor: 10_000, over: { rateBps: 10_000 }, because: '100 % is all' },
    { earns: 1, amountMinor: 5_000, over: { rateBps: 1 }, because: 'a hundredth of a percent' },
    { earns: 500, amountMinor: 10_000, over: inr({ maxCommissionMinor: 500 }), because: 'the cap' },
    { earns: 499, amountMinor: 4_990, over: inr({ maxCommissionMinor: 500 }), because: 'below it' },
    {
      earns: 1_000,
      amountMinor: 10_000,
      over: {
        currencies: [
          { currency: 'USD', minPaymentMinor: 99_999, maxCommissionMinor: 1 },
          { currency: 'INR', minPaymentMinor: 0, maxCommissionMinor: null },
        ],
      },
      because: 'the limits of another currency do not matter',
    },
    {
      earns: 1_000,
      amountMinor: 10_000,
      over: inr({ minPaymentMinor: 10_000 }),
      because: 'the minimum itself is enough',
    },
    {
      earns: 225_179_981_368_525,
      amountMinor: Number.MAX_SAFE_INTEGER,
      over: { rateBps: 250 },
      because: 'no float drift',
    },
    {
      earns: Number.MAX_SAFE_INTEGER,
      amountMinor: Number.MAX_SAFE_INTEGER,
      over: { rateBps: 10_000 },
      because: 'nothing is lost at the largest amount',
    },
  ])('is $earns of $amountMinor: $because', ({ amountMinor, earns, over }) => {
    expect(paying(amountMinor, over)).toMatchObject({
      status: 'awarded',
      amountMinor: earns,
      reason: null,
      holdUntil: null,
      referrerId: 'affiliate',
    })
  })
})

/** What makes each check fail, the first check first. */
const FAILING: [(typeof SKIP_REASONS)[number], (facts: CommissionFacts) => CommissionFacts][] = [
  ['program-disabled', (f) => ({ ...f, program: { ...f.program, enabled: false } })],
  ['no-referrer', (f) => ({ ...f, referrer: null })],
  ['self-referral', (f) => ({ ...f, payer: { ...f.payer, id: referrer.id } })],
  ['same-email', (f) => ({ ...f, payer: { ...f.payer, email: referrer.email } })],
  ['same-phone', (f) => ({ ...f, payer: { ...f.payer, phone: referrer.phone } })],
  ['not-confirmed', (f) => ({ ...f, payer: { ...f.payer, isConfirmed: false } })],
  ['referral-loop', (f) => ({ ...f, isLoop: true })],
  ['referrer-inactive', (f) => ({ ...f, referrer: { ...referrer, affiliateActive: false } })],
  [
    'duration-ended',
    (f) => ({ ...f, earlierAwards: 1, program: { ...f.program, duration: 'first' } }),
  ],
  ['currency-not-configured', (f) => ({ ...f, payment: { ...f.payment, currency: 'JPY' } })],
  ['below-minimum', (f) => ({ ...f, program: { ...f.program, ...inr({ minPaymentMinor: 1e6 }) } })],
  ['rounds-to-zero', (f) => ({ ...f, payment: { ...f.payment, amountMinor: 4 } })],
]

describe('a payment that earns nothing', () => {
  it.each(FAILING)('is skipped with %s, and checks after it are not reached', (reason, fail) => {
    const decision = computeCommission(fail(sound))

    expect(decision).toMatchObject({ status: 'skipped', amountMinor: 0, reason, holdUntil: null })
    const at = SKIP_REASONS.indexOf(reason)
    expect(decision.checks.map(({ name }) => name)).toEqual(SKIP_REASONS)
    expect(decision.checks.map(({ passed }) => passed)).toEqual(
      SKIP_REASONS.map((_name, index) => (index < at ? true : index === at ? false : null)),
    )
    expect(decision.checks.map(({ value }) => value !== null)).toEqual(
      SKIP_REASONS.map((_name, index) => index <= at),
    )
  })

  it.each(FAILING.map(([reason], index) => [reason, index] as const))(
    'names %s if all checks after it would fail too',
    (reason, index) => {
      const facts = FAILING.slice(index).reduceRight((made, [, fail]) => fail(made), sound)
      expect(computeCommission(facts).reason).toBe(reason)
    },
  )

  it('is tested for each reason, in the order of the checks', () => {
    expect(FAILING.map(([reason]) => reason)).toEqual(SKIP_REASONS)
  })

  it('is skipped at one paisa below the minimum', () => {
    expect(paying(9_999, inr({ minPaymentMinor: 10_000 })).reason).toBe('below-minimum')
  })

  it('stores the referrer, or null without one', () => {
    expect(computeCommission({ ...sound, isLoop: true }).referrerId).toBe('affiliate')
    expect(computeCommission({ ...sound, referrer: null }).referrerId).toBeNull()
  })
})

describe('a payment that earns', () => {
  it('passes every check, each with its value', () => {
    for (const check of computeCommission(sound).checks) {
      expect(check).toEqual({
        name: check.name,
        passed: true,
        value: expect.stringMatching(/\S/) as string,
      })
    }
  })

  it('gets the same decision from the same facts', () => {
    expect(computeCommission(structuredClone(sound))).toEqual(computeCommission(sound))
  })
})

describe('how long a referral earns', () => {
  it.each([
    ['a moment before the month is over', '2026-02-28T09:59:59.999Z', 'awarded', null],
    ['at the exact end of the month', '2026-02-28T10:00:00.000Z', 'skipped', 'duration-ended'],
    ['long after', '2027-02-28T10:00:00.000Z', 'skipped', 'duration-ended'],
  ] as const)('for one month: %s', (_name, at, status, reason) => {
    const months = { ...program, duration: 'months' as const, durationMonths: 1 }
    expect(computeCommission({ ...sound, program: months, now: new Date(at) })).toMatchObject({
      status,
      reason,
    })
  })

  it.each([
    ['earns once', 'first', 0, 'awarded'],
    ['earns no second time', 'first', 1, 'skipped'],
    ['earns always', 'always', 1_000, 'awarded'],
  ] as const)('%s, for "%s" after %i', (_name, duration, earlierAwards, status) => {
    const facts = { ...sound, earlierAwards, program: { ...program, duration } }
    expect(computeCommission(facts).status).toBe(status)
  })
})

describe('a programme with a hold', () => {
  it('holds the whole commission for its number of days of 24 hours', () => {
    expect(paying(10_000, { holdDays: 7 })).toMatchObject({
      status: 'held',
      amountMinor: 1_000,
      reason: null,
      holdUntil: new Date('2026-02-22T12:00:00Z'),
    })
  })

  it('does not hold a skipped commission', () => {
    expect(paying(4, { holdDays: 7 })).toMatchObject({ status: 'skipped', holdUntil: null })
  })
})

describe('two accounts of one person', () => {
  it.each([
    ['a +tag', 'ananya+shop@example.in', 'ananya@example.in', 'same-email'],
    ['capitals', 'Ananya@Example.IN', 'ananya@example.in', 'same-email'],
    ['dots at Gmail', 'a.na.nya@gmail.com', 'ananya@gmail.com', 'same-email'],
    ['Googlemail', 'a.nanya+x@googlemail.com', 'Ananya@gmail.com', 'same-email'],
    ['dots elsewhere, where they matter', 'a.nanya@example.in', 'ananya@example.in', null],
    ['another provider', 'ananya@example.in', 'ananya@example.com', null],
  ])('are distinguished by mailbox: %s', (_name, one, other, reason) => {
    expect(between({ email: one }, { email: other }).reason).toBe(reason)
  })

  it.each([
    ['one number', '+919876546620', '+919876546620', 'same-phone'],
    ['two numbers', '+919876546620', '+919876546621', null],
    ['no numbers', null, null, null],
    ['a number of the payer only', '+919876546620', null, null],
    ['a number of the referrer only', null, '+919876546620', null],
    ['both forms of a number in Argentina', '+5491123456789', '+541123456789', 'same-phone'],
  ])('are distinguished by phone: %s', (_name, one, other, reason) => {
    expect(between({ phone: one }, { phone: other }).reason).toBe(reason)
  })

  it.each([
    ['an earlier address of the payer', { mailboxKeys: ['ananya@example.in'] }, {}, 'same-email'],
    [
      'an earlier address of the referrer',
      {},
      { mailboxKeys: ['kavita@example.in'] },
      'same-email',
    ],
    [
      'an address that both gave up',
      { mailboxKeys: ['x@y.in'] },
      { mailboxKeys: ['x@y.in'] },
      'same-email',
    ],
    ['an earlier number of the payer', { phoneKeys: ['+919876546620'] }, {}, 'same-phone'],
    [
      'an earlier number of the referrer',
      {},
      { phone: null, phoneKeys: ['+919845011111'] },
      'same-phone',
    ],
    ['other earlier values', { phoneKeys: ['+919811111111'] }, { mailboxKeys: ['x@y.in'] }, null],
  ])('are distinguished by what they ever had: %s', (_name, one, other, reason) => {
    expect(between(one, other).reason).toBe(reason)
  })

  it.each([
    ['the payer', { isConfirmed: false }, {}],
    ['the referrer', {}, { isConfirmed: false }],
  ])('are not shown to be two people while %s is not confirmed', (_name, one, other) => {
    expect(between(one, other).reason).toBe('not-confirmed')
  })

  it('need no confirmation where the programme does not require it', () => {
    const decision = computeCommission({
      ...sound,
      payer: { ...payer, isConfirmed: false },
      program: { ...program, confirmedOnly: false },
    })
    expect(decision.status).toBe('awarded')
  })
})

describe('personal values in a decision', () => {
  const phone = fc.stringMatching(/^\+[1-9]\d{9,13}$/)
  const person = fc.record({ email: fc.emailAddress(), phone })

  it('never include a name, a full e-mail address or a full phone number', () => {
    fc.assert(
      fc.property(person, person, fc.boolean(), fc.boolean(), (one, two, hasEmail, hasPhone) => {
        const other = {
          email: hasEmail ? one.email : two.email,
          phone: hasPhone ? one.phone : two.phone,
        }
        const kept = JSON.stringify(between(one, other))
        for (const { email, phone } of [one, other]) {
          expect(kept).not.toContain(email)
          expect(kept).not.toContain(phone.slice(1))
        }
        expect(kept).not.toMatch(/Kavita|Ananya/)
      }),
    )
  })

  it('are masked, but recognisable to their owner', () => {
    const values = Object.fromEntries(
      computeCommission(sound).checks.map(({ name, value }) => [name, value]),
    )
    expect(values).toMatchObject({
      'program-disabled': 'On, version 3',
      'same-email': 'ka•••@example.in, an•••@example.in',
      'same-phone': '•••• 1111, •••• 6620',
      'below-minimum': '₹100.00, minimum ₹0.00',
      'rounds-to-zero': '10.00 % earns ₹10.00',
    })
  })
})
