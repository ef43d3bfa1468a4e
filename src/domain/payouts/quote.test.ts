import fc from 'fast-check'

import { type QuoteRequest, quoteWithdrawal } from './quote.ts'

const rule: QuoteRequest['rule'] = {
  feeBearer: 'member',
  feeFixedMinor: 500,
  feePercentBps: 100,
  minMinor: 10_000,
  maxMinor: 1_000_000,
}
const request: QuoteRequest = { grossMinor: 100_000, currency: 'INR', rule, deductions: [] }
const tds = (amountMinor: number) => [{ label: 'Tax at source', amountMinor }]

describe('quoteWithdrawal', () => {
  it('takes a fixed fee, a percentage and the deductions off the amount', () => {
    expect(quoteWithdrawal({ ...request, deductions: tds(2_000) })).toEqual({
      quote: {
        grossMinor: 100_000,
        feeMinor: 1_500,
        deductionMinor: 2_000,
        netMinor: 96_500,
        platformFeeMinor: 0,
        lines: [
          { kind: 'gross', label: 'Amount', amountMinor: 100_000 },
          { kind: 'fee', label: 'Fee', amountMinor: -1_500 },
          { kind: 'deduction', label: 'Tax at source', amountMinor: -2_000 },
          { kind: 'net', label: 'You receive', amountMinor: 96_500 },
        ],
      },
      refusal: null,
    })
  })

  it('pays the whole amount if the platform bears the fee, which is reported apart', () => {
    const { quote } = quoteWithdrawal({ ...request, rule: { ...rule, feeBearer: 'platform' } })
    expect(quote).toMatchObject({ feeMinor: 0, netMinor: 100_000, platformFeeMinor: 1_500 })
    expect(quote?.lines.map(({ kind }) => kind)).toEqual(['gross', 'net'])
  })

  it.each([
    [99_950, 1_000, 'half a unit is rounded up'],
    [99_949, 999, 'less than half a unit is rounded down'],
  ])('a percentage of %d is %d, because %s', (grossMinor, feeMinor) => {
    const { quote } = quoteWithdrawal({
      ...request,
      grossMinor,
      rule: { ...rule, feeFixedMinor: 0, feePercentBps: 100 },
    })
    expect(quote).toMatchObject({ feeMinor })
  })

  it.each<[string, Partial<QuoteRequest>, string | null, string]>([
    ['net at the minimum', { grossMinor: 10_606 }, null, '10 606 − 500 − 106 is 10 000'],
    ['net below it', { grossMinor: 10_605 }, 'below-minimum', 'the fee counts'],
    ['net at the maximum', { grossMinor: 1_010_606 }, null, '1 010 606 − 10 606 is 1 000 000'],
    ['net above it', { grossMinor: 1_010_607 }, 'above-maximum', 'the net amount is paid'],
    [
      'below what the driver can pay',
      { grossMinor: 20_000, driverLimits: { minMinor: 50_000, maxMinor: null } },
      'below-minimum',
      'the provider would refuse it',
    ],
    [
      'above what the driver can pay',
      { driverLimits: { minMinor: null, maxMinor: 90_000 } },
      'above-maximum',
      'the provider would refuse it',
    ],
    [
      'with a driver without limits',
      { driverLimits: { minMinor: null, maxMinor: null } },
      null,
      'the rule alone counts',
    ],
    ['all taken by deductions', { deductions: tds(98_500) }, 'nothing-left', 'zero cannot be paid'],
    ['more than all taken', { deductions: tds(200_000) }, 'nothing-left', 'zero cannot be paid'],
    ['zero', { grossMinor: 0 }, 'malformed-amount', 'there is nothing to pay'],
    ['a fraction', { grossMinor: 99.5 }, 'malformed-amount', 'amounts are whole minor units'],
    ['below zero', { grossMinor: -1 }, 'malformed-amount', 'there is nothing to pay'],
  ])('%s: %2$s, because %3$s', (_case, over, problem) => {
    const { refusal } = quoteWithdrawal({ ...request, ...over })
    expect(refusal?.code ?? null).toBe(problem === null ? null : `withdrawal.${problem}`)
    if (refusal) expect(refusal.field).toBe('amountMinor')
  })

  it('names the limit and the amount that would be paid in a refusal', () => {
    const { refusal } = quoteWithdrawal({ ...request, grossMinor: 10_000 })
    expect(refusal?.message).toBe(
      'You would receive ₹94.00; at least ₹100.00 can be paid. Ask for more.',
    )
  })

  it.each<[string, Partial<QuoteRequest>]>([
    ['a fee that is no whole number', { rule: { ...rule, feeFixedMinor: 0.5 } }],
    ['a fee below zero', { rule: { ...rule, feeFixedMinor: -1 } }],
    ['a deduction below zero, which would create money', { deductions: tds(-1) }],
  ])('throws for %s', (_case, over) => {
    expect(() => quoteWithdrawal({ ...request, ...over })).toThrow('whole number')
  })

  it('loses and creates no money: gross is net, fee and deductions, for all amounts', () => {
    const amount = fc.integer({ min: 1, max: 2 ** 50 })
    const inputs = fc.record({
      grossMinor: amount,
      feeFixedMinor: fc.nat(10_000),
      feePercentBps: fc.nat(10_000),
      feeBearer: fc.constantFrom('member' as const, 'platform' as const),
      taken: fc.array(fc.nat(1_000_000), { maxLength: 3 }),
    })
    fc.assert(
      fc.property(inputs, ({ grossMinor, taken, ...fee }) => {
        const { quote } = quoteWithdrawal({
          ...request,
          grossMinor,
          rule: { ...fee, minMinor: 1, maxMinor: Number.MAX_SAFE_INTEGER },
          deductions: taken.map((amountMinor) => ({ label: 'Row', amountMinor })),
        })
        if (!quote) return
        expect(quote.netMinor + quote.feeMinor + quote.deductionMinor).toBe(grossMinor)
        expect(quote.netMinor).toBeGreaterThan(0)
        const lines = quote.lines.filter(({ kind }) => kind !== 'net')
        expect(lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(quote.netMinor)
        expect(quote.feeMinor === 0 || quote.platformFeeMinor === 0).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })
})
