import { needsSecondPerson } from './needsSecondPerson.ts'

const limits = [{ currency: 'INR', aboveMinor: 500_000 }]

describe('an adjustment', () => {
  it.each([
    ['up to the limit', 'credit', 500_000, 'INR', false],
    ['above the limit', 'credit', 500_001, 'INR', true],
    ['above the limit, taking', 'debit', 500_001, 'INR', true],
    ['in a currency without a limit', 'credit', 1, 'USD', true],
    ['that rebuilds a balance', 'rebuild', 0, 'INR', true],
  ] as const)('%s: waits for a second person %#', (_name, effect, amountMinor, currency, waits) => {
    expect(needsSecondPerson({ effect, amountMinor, currency }, limits)).toBe(waits)
  })

  it.each([
    ['with what the member got up to the limit', { earlierMinor: 400_000 }, false],
    ['with what the member got above the limit', { earlierMinor: 400_001 }, true],
    ['with what the requester moved up to the limit', { actorEarlierMinor: 400_000 }, false],
    ['with what the requester moved above the limit', { actorEarlierMinor: 400_001 }, true],
    ['to the requester', { isOwn: true }, true],
  ])('%s: waits for a second person %#', (_name, over, waits) => {
    const asked = { effect: 'credit', amountMinor: 100_000, currency: 'INR', ...over } as const
    expect(needsSecondPerson(asked, limits)).toBe(waits)
  })

  it('counts what one person moves against a limit of its own where there is one', () => {
    const own = [{ currency: 'INR', aboveMinor: 500_000, actorAboveMinor: 2_000_000 }]
    const asked = { effect: 'credit', amountMinor: 500_000, currency: 'INR' } as const
    expect(needsSecondPerson({ ...asked, actorEarlierMinor: 1_500_000 }, own)).toBe(false)
    expect(needsSecondPerson({ ...asked, actorEarlierMinor: 1_500_001 }, own)).toBe(true)
  })
})
