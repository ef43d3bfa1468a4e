import fc from 'fast-check'

import { computeShare } from '../money.ts'
import {
  computeDeductions,
  type DeductionRule,
  financialYear,
  type YearSums,
} from './deductions.ts'

const tds: DeductionRule = {
  id: 'in-2026',
  label: 'Tax at source',
  section: '393(1)',
  currency: 'INR',
  from: '2026-04-01',
  to: null,
  rateBps: 200,
  rateWithoutTaxIdBps: 2_000,
  yearlyThresholdMinor: 2_000_000,
  appliesTo: 'whole',
  base: 'payout',
  yearStart: '04-01',
  timeZone: 'Asia/Kolkata',
}
const facts = {
  rules: [tds],
  now: new Date('2026-11-10T12:00:00Z'),
  currency: 'INR',
  grossMinor: 1_000_000,
  hasTaxId: true,
  years: {},
}
type Facts = Parameters<typeof computeDeductions>[0]
const year = (grossMinor: number, baseMinor = 0) => ({
  years: { '393(1)': { grossMinor, baseMinor } },
})

describe('computeDeductions', () => {
  it.each<[string, Partial<Facts>, [number, number][], string]>([
    ['without rules', { rules: [] }, [], 'deductions are off by default'],
    ['below the threshold', {}, [], 'the sum of the year is small'],
    ['that reaches the threshold', year(1_000_000), [], 'the sum does not exceed it'],
    [
      'that exceeds the threshold',
      year(1_000_001),
      [[2_000_001, 40_000]],
      'the whole sum becomes liable at once',
    ],
    [
      'that exceeds it by the part above alone',
      { ...year(1_500_000), rules: [{ ...tds, appliesTo: 'excess' }] },
      [[500_000, 10_000]],
      'the threshold stays free',
    ],
    [
      'after an earlier deduction',
      year(3_000_000, 3_000_000),
      [[1_000_000, 20_000]],
      'the base that was deducted for does not count again',
    ],
    [
      'without a tax id',
      { ...year(3_000_000, 3_000_000), hasTaxId: false },
      [[1_000_000, 200_000]],
      'the higher rate counts',
    ],
    [
      'without a tax id, where the other rate is lower',
      {
        ...year(3_000_000, 3_000_000),
        hasTaxId: false,
        rules: [{ ...tds, rateWithoutTaxIdBps: 0 }],
      },
      [[1_000_000, 20_000]],
      'the higher rate counts',
    ],
    [
      'of what was credited',
      { ...year(3_000_000), rules: [{ ...tds, base: 'credit' }] },
      [[3_000_000, 60_000]],
      'the payout itself adds nothing',
    ],
    [
      'of what was credited and deducted for',
      { ...year(3_000_000, 3_000_000), rules: [{ ...tds, base: 'credit' }] },
      [],
      'nothing was credited since',
    ],
    [
      'after payouts that came back',
      year(1_500_000, 4_000_000),
      [],
      'more was deducted for than is liable',
    ],
    ['in another currency', { currency: 'USD', ...year(9_000_000) }, [], 'no rule is for it'],
    [
      'before the first day in the time zone of the rule',
      { ...year(9_000_000), now: new Date('2026-03-31T18:29:59Z') },
      [],
      'it is 31 March in India',
    ],
    [
      'on the first day in the time zone of the rule',
      { ...year(9_000_000, 9_000_000), now: new Date('2026-03-31T18:30:00Z') },
      [[1_000_000, 20_000]],
      'it is 1 April in India',
    ],
    [
      'after the last day',
      { ...year(9_000_000), rules: [{ ...tds, to: '2026-11-09' }] },
      [],
      'the rule ended the day before',
    ],
    [
      'after a change of the rate in the year',
      {
        ...year(3_000_000, 3_000_000),
        rules: [tds, { ...tds, id: 'in-october', from: '2026-10-01', rateBps: 500 }],
      },
      [[1_000_000, 50_000]],
      'the later row of a section replaces the earlier and prices only what follows',
    ],
    [
      'at a rate of zero',
      { ...year(9_000_000), rules: [{ ...tds, rateBps: 0 }] },
      [],
      'it is nothing',
    ],
  ])('a payout %s: %2$j, because %3$s', (_case, over, lines) => {
    expect(
      computeDeductions({ ...facts, ...over }).map((line) => [line.baseMinor, line.amountMinor]),
    ).toEqual(lines)
  })

  it('has a line for each section, with its rule and rate', () => {
    const cess = { ...tds, id: 'cess', section: 'cess', rateBps: 100, yearlyThresholdMinor: 0 }
    const lines = computeDeductions({ ...facts, ...year(2_000_000), rules: [tds, cess] })
    expect(lines).toEqual([
      { rule: tds, rateBps: 200, baseMinor: 3_000_000, amountMinor: 60_000 },
      { rule: cess, rateBps: 100, baseMinor: 1_000_000, amountMinor: 10_000 },
    ])
  })

  it('deducts the same of one amount as of many that add up to it, and never more than the rate', () => {
    const cases = fc.record({
      amounts: fc.array(fc.integer({ min: 1, max: 3_000_000 }), { minLength: 1, maxLength: 12 }),
      rateBps: fc.integer({ min: 1, max: 3_000 }),
      yearlyThresholdMinor: fc.nat(4_000_000),
      appliesTo: fc.constantFrom('excess' as const, 'whole' as const),
    })
    fc.assert(
      fc.property(cases, ({ amounts, ...over }) => {
        const rule = { ...tds, ...over }
        const sums: YearSums & { withheld: number } = { grossMinor: 0, baseMinor: 0, withheld: 0 }
        for (const grossMinor of amounts) {
          const years = { '393(1)': { ...sums } }
          const [line] = computeDeductions({ ...facts, rules: [rule], grossMinor, years })
          sums.grossMinor += grossMinor
          sums.baseMinor += line?.baseMinor ?? 0
          sums.withheld += line?.amountMinor ?? 0
          expect(line?.amountMinor ?? 0).toBeGreaterThanOrEqual(0)
          expect(sums.withheld).toBeLessThanOrEqual(computeShare(sums.grossMinor, rule.rateBps))
        }
        const [whole] = computeDeductions({ ...facts, rules: [rule], grossMinor: sums.grossMinor })
        expect(sums.withheld).toBe(whole?.amountMinor ?? 0)
        expect(sums.withheld).toBe(computeShare(sums.baseMinor, rule.rateBps))
      }),
      { numRuns: 3_000 },
    )
  })
})

describe('financialYear', () => {
  it.each([
    ['2026-03-31T18:29:59Z', '04-01', 'Asia/Kolkata', '2025-26', '2025-03-31T18:30:00.000Z'],
    ['2026-03-31T18:30:00Z', '04-01', 'Asia/Kolkata', '2026-27', '2026-03-31T18:30:00.000Z'],
    ['2026-12-31T23:59:59Z', '01-01', 'UTC', '2026', '2026-01-01T00:00:00.000Z'],
    ['2099-06-01T00:00:00Z', '04-01', 'UTC', '2099-00', '2099-04-01T00:00:00.000Z'],
    ['2026-04-05T22:59:59Z', '04-06', 'Europe/London', '2025-26', '2025-04-05T23:00:00.000Z'],
  ])('%s with the start %s in %s is %s, from %s', (now, start, timeZone, label, from) => {
    const found = financialYear(new Date(now), start, timeZone)
    expect(found).toMatchObject({ label, from: new Date(from) })
    expect(found.from.getTime()).toBeLessThanOrEqual(Date.parse(now))
    expect(found.to.getTime()).toBeGreaterThan(Date.parse(now))
  })

  it.each(['02-29', '4-1', '13-01', ''])('throws for the start "%s"', (start) => {
    expect(() => financialYear(facts.now, start, 'UTC')).toThrow('MM-DD')
  })
})
