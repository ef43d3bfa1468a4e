import { SENSITIVE } from './sensitiveFields.ts'
import { splitChange } from './splitChange.ts'

const split = (subject: string, before: object, after: object) =>
  splitChange(SENSITIVE[subject] ?? [], { ...before }, { ...after })

describe('a change of one value', () => {
  it.each([
    ['affiliation-config', 'enabled', false, true],
    ['affiliation-config', 'rateBps', 1_000, 1_001],
    ['affiliation-config', 'holdDays', 10, 9],
    ['affiliation-config', 'duration', 'first', 'months'],
    ['affiliation-config', 'durationMonths', 3, 4],
    ['affiliation-config', 'cookieDays', 30, 31],
    ['cashback-config', 'rateBasis', 'sale', 'commission'],
    ['cashback-config', 'rateBps', 7_000, 7_001],
    ['cashback-config', 'autoApprove', 'off', 'by-age-with-cap'],
    ['cashback-config', 'autoApproveDays', 30, 29],
    ['cashback-config', 'ageCapMinor', null, 1],
    ['finance-config', 'coolDownDays', 3, 2],
    ['affiliation-config', 'confirmedOnly', true, false],
    ['networks', 'isTrusted', false, true],
    ['networks', 'paysAboveSale', false, true],
    ['networks', 'trustedDayCapMinor', 100, 101],
    ['networks', 'confirmedIsFinal', false, true],
    ['networks', 'trustedCapMinor', null, 100],
    ['networks', 'trustedCapMinor', 100, 101],
    ['networks', 'currency', 'INR', 'USD'],
    ['users', 'role', 'support', 'finance'],
    ['users', 'role', 'member', 'a-later-role'],
    ['users', 'email', 'a@x.test', 'b@x.test'],
  ])('of %s.%s from %j to %j waits', (subject, field, before, after) => {
    expect(split(subject, { [field]: before }, { [field]: after })).toEqual({
      now: { [field]: before },
      waits: [{ field, before, after }],
    })
  })

  it.each([
    ['affiliation-config', 'enabled', true, false],
    ['affiliation-config', 'rateBps', 1_000, 999],
    ['affiliation-config', 'holdDays', 10, 11],
    ['affiliation-config', 'duration', 'always', 'first'],
    ['cashback-config', 'autoApprove', 'by-age-with-cap', 'when-network-allows'],
    ['cashback-config', 'ageCapMinor', 100, null],
    ['finance-config', 'coolDownDays', 3, 4],
    ['networks', 'isTrusted', true, false],
    ['networks', 'trustedCapMinor', 100, null],
    ['users', 'role', 'admin', 'finance'],
    ['users', 'role', 'finance', 'finance'],
  ])('of %s.%s from %j to %j takes effect at once', (subject, field, before, after) => {
    expect(split(subject, { [field]: before }, { [field]: after })).toEqual({ now: {}, waits: [] })
  })

  it('that is left out does not wait', () => {
    expect(split('users', { role: 'member' }, { name: 'Asha' }).waits).toEqual([])
  })
})

describe('a change of the limits by currency', () => {
  const inr = { id: 'row-1', currency: 'INR', aboveMinor: 500, actorAboveMinor: null }

  it('waits for the raised row and lowers the other at once', () => {
    const usd = { currency: 'USD', aboveMinor: 100, actorAboveMinor: 1_000 }
    const before = { secondPerson: [inr, usd] }
    const after = {
      secondPerson: [
        { ...inr, aboveMinor: 900 },
        { ...usd, aboveMinor: 50 },
      ],
    }
    const { now, waits } = split('finance-config', before, after)
    expect(now).toEqual({ secondPerson: [inr, { ...usd, aboveMinor: 50 }] })
    expect(waits).toEqual([
      {
        field: 'secondPerson',
        before: [
          { currency: 'INR', aboveMinor: 500, actorAboveMinor: null },
          { currency: 'USD', aboveMinor: 50, actorAboveMinor: 1_000 },
        ],
        after: [
          { currency: 'INR', aboveMinor: 900, actorAboveMinor: null },
          { currency: 'USD', aboveMinor: 50, actorAboveMinor: 1_000 },
        ],
      },
    ])
  })

  it('holds back a new row, and removes one at once', () => {
    const usd = { currency: 'USD', aboveMinor: 1 }
    const { now, waits } = split('finance-config', { secondPerson: [inr] }, { secondPerson: [usd] })
    expect(now).toEqual({ secondPerson: [] })
    expect(waits).toMatchObject([{ before: [], after: [{ currency: 'USD', aboveMinor: 1 }] }])
  })

  it.each([
    ['that one person gets', { actorAboveMinor: null }, { actorAboveMinor: 501 }],
    ['that is raised for one person', { actorAboveMinor: 100 }, { actorAboveMinor: 101 }],
    ['that one person loses', { actorAboveMinor: 100 }, { actorAboveMinor: null }],
  ])('waits for a limit %s', (_, from, to) => {
    const before = { secondPerson: [{ ...inr, ...from }] }
    const after = { secondPerson: [{ ...inr, ...to }] }
    expect(split('finance-config', before, after)).toMatchObject({
      now: before,
      waits: [{ before: [from], after: [to] }],
    })
  })

  it.each([
    ['that one person gets', { actorAboveMinor: null }, { actorAboveMinor: 499 }],
    ['that one person loses', { actorAboveMinor: 900 }, { actorAboveMinor: null }],
  ])('takes a lower limit %s at once', (_, from, to) => {
    const before = { secondPerson: [{ ...inr, ...from }] }
    const after = { secondPerson: [{ ...inr, ...to }] }
    expect(split('finance-config', before, after)).toEqual({ now: {}, waits: [] })
  })

  it('in another order is no change', () => {
    const usd = { currency: 'USD', aboveMinor: 1 }
    const before = { secondPerson: [inr, usd] }
    expect(split('finance-config', before, { secondPerson: [usd, inr] }).waits).toEqual([])
  })

  it('that lifts the cap of a commission waits, and one that sets a cap does not', () => {
    const row = { currency: 'INR', minPaymentMinor: 100, maxCommissionMinor: 5_000 }
    const lifted = { currencies: [{ ...row, maxCommissionMinor: null }] }
    expect(split('affiliation-config', { currencies: [row] }, lifted).waits).toHaveLength(1)
    expect(split('affiliation-config', lifted, { currencies: [row] }).waits).toHaveLength(0)
  })
})

it('rows are named by all columns of their key', () => {
  const upi = { currency: 'INR', kind: 'upi', isOn: true, maxMinor: 100 }
  const bank = { currency: 'INR', kind: 'bank-in', isOn: true, maxMinor: 500 }
  const before = { rules: [upi, bank] }
  const { now, waits } = split('payout-config', before, {
    rules: [{ ...upi, maxMinor: 400 }, bank],
  })
  expect(now.rules).toMatchObject([upi, bank])
  expect(waits).toMatchObject([
    { field: 'rules', before: [bank, upi], after: [bank, { ...upi, maxMinor: 400 }] },
  ])
  expect(split('payout-config', before, { rules: [bank, upi] }).waits).toEqual([])
})

it('a further scope waits, and one that is taken away does not', () => {
  const before = { scopes: ['members:read', 'catalogue:read'] }
  const after = { scopes: ['payments:write', 'members:read'] }
  expect(split('service-accounts', before, after)).toEqual({
    now: { scopes: ['members:read'] },
    waits: [
      { field: 'scopes', before: ['members:read'], after: ['members:read', 'payments:write'] },
    ],
  })
})
