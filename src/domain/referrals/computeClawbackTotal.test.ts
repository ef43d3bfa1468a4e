import fc from 'fast-check'

import { computeClawbackTotal } from './computeClawbackTotal.ts'

const amount = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })

describe('computeClawbackTotal', () => {
  it('is exactly the commission once the whole payment is refunded', () => {
    fc.assert(
      fc.property(amount, amount, (commissionMinor, paymentMinor) => {
        const refundedMinor = paymentMinor
        expect(computeClawbackTotal({ commissionMinor, paymentMinor, refundedMinor })).toBe(
          commissionMinor,
        )
      }),
    )
  })

  it('does not fall if more is refunded, and never exceeds the commission', () => {
    fc.assert(
      fc.property(
        amount,
        amount,
        fc.nat(10_000),
        fc.nat(10_000),
        (commissionMinor, paymentMinor, a, b) => {
          const part = (bps: number) => Number((BigInt(paymentMinor) * BigInt(bps)) / 10_000n)
          const taken = (bps: number) =>
            computeClawbackTotal({ commissionMinor, paymentMinor, refundedMinor: part(bps) })
          const [less, more] = [Math.min(a, b), Math.max(a, b)]
          expect(taken(less)).toBeLessThanOrEqual(taken(more))
          expect(taken(more)).toBeLessThanOrEqual(commissionMinor)
          expect(taken(less)).toBeGreaterThanOrEqual(0)
        },
      ),
    )
  })

  it.each([
    [1_000, 10_000, 3_000, 300],
    [1_000, 10_000, 5, 1],
    [1_000, 10_000, 4, 0],
    [5, 9_999, 4_999, 2],
  ])(
    'of %i for %i takes back, for %i refunded, %i',
    (commissionMinor, paymentMinor, refundedMinor, taken) => {
      expect(computeClawbackTotal({ commissionMinor, paymentMinor, refundedMinor })).toBe(taken)
    },
  )

  it('refuses more than the payment', () => {
    expect(() =>
      computeClawbackTotal({ commissionMinor: 1, paymentMinor: 10, refundedMinor: 11 }),
    ).toThrow('More than the payment was refunded.')
  })
})
