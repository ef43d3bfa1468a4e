import fc from 'fast-check'

import {
  ATTEMPT_RANKS,
  type AttemptStatus,
  decideReport,
  type ReportStatus,
} from './attemptStates.ts'

/** Applies reports in turn to an attempt that is being sent. */
const play = (reports: readonly ReportStatus[]) =>
  reports.reduce<{ status: AttemptStatus; returns: number; isLate: boolean }>(
    (state, report) => {
      const decision = decideReport(state, report)
      if (decision.kind === 'late-success') return { ...state, isLate: true }
      if (decision.kind === 'ignore') return state
      const returns = state.returns + (decision.returnsMoney ? 1 : 0)
      return { ...state, status: decision.to, returns }
    },
    { status: 'sending', returns: 0, isLate: false },
  )

const report = fc.constantFrom<ReportStatus>('failed', 'pending', 'returned', 'settled', 'unknown')
/** A set of reports, in two orders and with other repetitions. */
const twoOrders = fc
  .array(report, { minLength: 1, maxLength: 5 })
  .chain((reports) =>
    fc.tuple(fc.constant(reports), fc.array(fc.constantFrom(...reports), { maxLength: 5 })),
  )
  .chain(([reports, repeats]) => fc.tuple(shuffled(reports), shuffled([...reports, ...repeats])))
const shuffled = (reports: ReportStatus[]) =>
  fc.shuffledSubarray(reports, { minLength: reports.length, maxLength: reports.length })

describe('decideReport', () => {
  it.each<[AttemptStatus, ReportStatus, AttemptStatus, boolean, string]>([
    ['sending', 'pending', 'sent', false, 'the provider took it'],
    ['sending', 'unknown', 'in-doubt', false, 'the provider may or may not have it'],
    ['sending', 'not-found', 'in-doubt', false, 'it may still arrive'],
    ['in-doubt', 'pending', 'sent', false, 'the doubt is over'],
    ['sent', 'not-found', 'in-doubt', false, 'the provider took it and has it no longer'],
    ['sent', 'settled', 'settled', false, 'it was paid'],
    ['in-doubt', 'settled', 'settled', false, 'it was paid'],
    ['sent', 'failed', 'failed', true, 'it was certainly not paid'],
    ['in-doubt', 'failed', 'failed', true, 'it was certainly not paid'],
    ['sent', 'returned', 'returned', true, 'the report of the payment may never arrive'],
    ['settled', 'failed', 'returned', true, 'the payment was reversed'],
    ['settled', 'returned', 'returned', true, 'the bank sent it back'],
    ['failed', 'returned', 'returned', false, 'the money went back with the failure'],
  ])('%s, then %s: becomes %s, returns money: %s, because %s', (status, next, to, returnsMoney) => {
    expect(decideReport({ status }, next)).toEqual({ kind: 'apply', to, returnsMoney })
  })

  it.each<[AttemptStatus, ReportStatus, string]>([
    ['sent', 'pending', 'repeated'],
    ['settled', 'settled', 'repeated'],
    ['failed', 'failed', 'repeated'],
    ['returned', 'returned', 'repeated'],
    ['settled', 'pending', 'superseded'],
    ['failed', 'pending', 'superseded'],
    ['returned', 'failed', 'superseded'],
    ['settled', 'unknown', 'superseded'],
    ['failed', 'not-found', 'superseded'],
    ['in-doubt', 'unknown', 'repeated'],
    ['sent', 'unknown', 'already-taken'],
  ])('%s, then %s: ignores it as %s', (status, next, because) => {
    expect(decideReport({ status }, next)).toEqual({ kind: 'ignore', because })
  })

  it.each<AttemptStatus>(['failed', 'returned'])(
    '%s, then settled: flags a late success, because the money went back already',
    (status) => {
      expect(decideReport({ status }, 'settled')).toEqual({ kind: 'late-success' })
    },
  )

  it('leads to the same status in every order and with every repetition, or flags a late success', () => {
    fc.assert(
      fc.property(twoOrders, ([one, other]) => {
        const [left, right] = [play(one), play(other)]
        if (left.isLate || right.isLate) return
        expect(right.status).toBe(left.status)
        expect(right.returns).toBe(left.returns)
      }),
      { numRuns: 3_000 },
    )
  })

  it('returns the money at most once, and exactly once if the attempt ends failed or returned', () => {
    const reports = fc.array(fc.oneof(report, fc.constant<ReportStatus>('not-found')))
    fc.assert(
      fc.property(reports, (all) => {
        const { returns, status } = play(all)
        expect(returns).toBe(['failed', 'returned'].includes(status) ? 1 : 0)
      }),
      { numRuns: 3_000 },
    )
  })

  it('flags a late success exactly if a payment is reported after the money went back', () => {
    fc.assert(
      fc.property(fc.array(report), (all) => {
        const back = all.findIndex((one) => one === 'failed' || one === 'returned')
        const isLate = back >= 0 && all.lastIndexOf('settled') > back
        expect(play(all).isLate).toBe(isLate)
      }),
      { numRuns: 3_000 },
    )
  })

  it('never lowers the rank, except for a look-up that finds nothing', () => {
    for (const status of Object.keys(ATTEMPT_RANKS) as AttemptStatus[]) {
      for (const next of ['failed', 'pending', 'returned', 'settled', 'unknown'] as const) {
        const decision = decideReport({ status }, next)
        if (decision.kind !== 'apply') continue
        expect(ATTEMPT_RANKS[decision.to]).toBeGreaterThan(ATTEMPT_RANKS[status])
      }
    }
  })
})
