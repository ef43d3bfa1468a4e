import fc from 'fast-check'

export const KINDS = [
  'pay',
  'payCompleted',
  'complete',
  'completeTwiceAtOnce',
  'refundPart',
  'refundRest',
  'refundTooMuch',
  'refundTwiceAtOnce',
  'refundSameReferenceAtOnce',
  'credit',
  'debit',
  'debitTooMuch',
  'debitThenRefund',
  'changeRule',
  'switchReferrer',
  'release',
] as const
export type Kind = (typeof KINDS)[number]

/**
 * One step. `pick` chooses a payment, `size` is an amount, `viaRest` chooses REST or the Local API.
 */
export type Step = { kind: Kind; pick: number; size: number; viaRest: boolean }

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...KINDS),
  pick: fc.nat(1_000),
  size: fc.integer({ min: 1, max: 50_000 }),
  viaRest: fc.boolean(),
})

/**
 * 20 to 24 steps. The player creates a completed payment before them, so that each step has a
 * target.
 */
export const sequences = fc.array(step, { minLength: 20, maxLength: 24 })
