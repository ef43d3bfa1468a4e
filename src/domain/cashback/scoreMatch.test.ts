import fc from 'fast-check'

import {
  type MatchCandidate,
  type ScoredTransaction,
  scoreMatch,
  STRONG_ABOVE,
  SUGGESTED_FROM,
} from './scoreMatch.ts'

const EVENT = Date.parse('2026-11-19T15:44:00Z')
const before = (minutes: number) => new Date(EVENT - minutes * 60_000).toISOString()
const transaction = (over: Partial<ScoredTransaction> = {}): ScoredTransaction => ({
  eventAt: before(0),
  clickedAt: null,
  saleMinor: 1_899_000,
  currency: 'INR',
  orderNumber: 'OD-118293',
  subId: null,
  ...over,
})
const CLICK_ID = 'k3v9q2m8x1z7w5t4r6y0p2n8b3c'
const click = (minutes: number, others = 0, othersThatHour = others) => ({
  clickId: CLICK_ID,
  at: before(minutes),
  others,
  othersThatHour,
})
const claim = (over: object = {}) => ({
  orderNumber: 'OD-0',
  orderedAt: before(3_000),
  saleMinor: 1,
  currency: 'INR',
  ...over,
})
const reasonsOf = (candidate: MatchCandidate, over: Partial<ScoredTransaction> = {}) =>
  scoreMatch(transaction(over), candidate).reasons.map(({ words }) => words)
const scoreOf = (candidate: MatchCandidate, over: Partial<ScoredTransaction> = {}) =>
  scoreMatch(transaction(over), candidate).score

describe('a member', () => {
  it.each<[string, MatchCandidate, Partial<ScoredTransaction>, string[]]>([
    [
      'the only click, shortly before',
      { click: click(26), claim: null },
      {},
      ['Clicked 26 min before', 'Only click in 48 h'],
    ],
    [
      'the only click in the last hour',
      { click: click(26, 6, 0), claim: null },
      {},
      ['Clicked 26 min before', 'Only click that hour'],
    ],
    [
      'an order number in other spelling',
      { click: null, claim: claim({ orderNumber: ' od 118293 ', saleMinor: 1_899_000 }) },
      {},
      ['Same order number in the claim', 'Same amount in the claim', 'Claimed for 50 h apart'],
    ],
    [
      'a click id that was cut',
      { click: click(2_000, 9), claim: null },
      { subId: CLICK_ID.slice(0, 15).toUpperCase() },
      ['15 letters of the click’s id came back', 'Clicked 33 h before', '9 others clicked too'],
    ],
    [
      'a click time that the network reports too',
      { click: click(600, 1), claim: null },
      { clickedAt: before(600.9) },
      [
        'The network reports the same time of the click',
        'Clicked 10 h before',
        '1 other clicked too',
      ],
    ],
  ])('is suggested for %s, with the reasons', (_name, candidate, over, words) => {
    expect(reasonsOf(candidate, over)).toEqual(words)
    expect(scoreOf(candidate, over)).toBeGreaterThanOrEqual(SUGGESTED_FROM)
  })

  it.each<[string, MatchCandidate, Partial<ScoredTransaction>]>([
    ['one click of many, a day before', { click: click(1_440, 40), claim: null }, {}],
    ['a click after the transaction', { click: click(-5), claim: null }, {}],
    ['a click beyond the window', { click: click(49 * 60), claim: null }, {}],
    ['a claim for another order', { click: null, claim: claim({ orderedAt: before(0) }) }, {}],
    [
      'the same digits in another currency',
      { click: null, claim: claim({ saleMinor: 1_899_000, currency: 'USD' }) },
      {},
    ],
    [
      'seven letters of a click id',
      { click: click(2_800, 9), claim: null },
      { subId: CLICK_ID.slice(0, 7) },
    ],
  ])('is not suggested for %s', (_name, candidate, over) => {
    expect(scoreOf(candidate, over)).toBeLessThan(SUGGESTED_FROM)
  })

  it('is a strong match with a recent click and the claimed amount, but not with one click of many', () => {
    const claimed = claim({ saleMinor: 1_899_000, orderedAt: before(1) })
    expect(scoreOf({ click: click(26, 3), claim: claimed })).toBeGreaterThan(STRONG_ABOVE)
    expect(scoreOf({ click: click(26, 3), claim: null })).toBeLessThan(STRONG_ABOVE)
  })
})

const instants = fc.integer({ min: -10_000, max: 10_000 }).map(before)
const anyClick = fc.record({
  clickId: fc.string({ minLength: 1, maxLength: 30 }),
  at: instants,
  others: fc.nat(50),
  othersThatHour: fc.nat(50),
})
const anyClaim = fc.record({
  orderNumber: fc.string({ maxLength: 12 }),
  orderedAt: instants,
  saleMinor: fc.nat(3),
  currency: fc.constantFrom('INR', 'USD'),
})
const anyTransaction = fc.record({
  eventAt: instants,
  clickedAt: fc.option(instants),
  saleMinor: fc.option(fc.nat(3)),
  currency: fc.constantFrom('INR', 'USD'),
  orderNumber: fc.option(fc.string({ maxLength: 12 })),
  subId: fc.option(fc.string({ maxLength: 30 })),
})
const anyCandidate = fc.record({ click: fc.option(anyClick), claim: fc.option(anyClaim) })

describe('the score', () => {
  it('is a whole number from 0 to 100, the sum of its reasons, and repeatable', () => {
    fc.assert(
      fc.property(anyTransaction, anyCandidate, (given, candidate) => {
        const { reasons, score } = scoreMatch(given, candidate)
        const sum = reasons.reduce((total, { points }) => total + points, 0)
        expect(score).toBe(Math.min(100, sum))
        expect(reasons.every(({ points }) => Number.isInteger(points) && points > 0)).toBe(true)
        expect(scoreMatch(structuredClone(given), structuredClone(candidate))).toEqual({
          reasons,
          score,
        })
      }),
    )
  })

  it('is never higher for an earlier click, or with more other members', () => {
    const minutes = fc.integer({ min: 0, max: 5_000 })
    fc.assert(
      fc.property(minutes, minutes, fc.nat(20), fc.nat(20), fc.nat(20), (one, more, n, m, hour) => {
        const near = scoreOf({ click: click(one, n, Math.min(n, hour)), claim: null })
        const far = scoreOf({ click: click(one + more, n, Math.min(n, hour)), claim: null })
        const many = scoreOf({ click: click(one, n + m, Math.min(n, hour) + m), claim: null })
        expect(far).toBeLessThanOrEqual(near)
        expect(many).toBeLessThanOrEqual(near)
      }),
    )
  })

  it('is never lower for more letters of the click id', () => {
    fc.assert(
      fc.property(fc.nat(27), fc.nat(27), (one, other) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)]
        const candidate = { click: click(2_000, 9), claim: null }
        expect(scoreOf(candidate, { subId: CLICK_ID.slice(0, less) })).toBeLessThanOrEqual(
          scoreOf(candidate, { subId: CLICK_ID.slice(0, more) }),
        )
      }),
    )
  })
})
