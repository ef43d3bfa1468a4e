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

/** `pick` chooses among what there is, `size` an amount; `viaRest` the way in. */
export type Step = { kind: Kind; pick: number; size: number; viaRest: boolean }

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...KINDS),
  pick: fc.nat(1_000),
  size: fc.integer({ min: 1, max: 50_000 }),
  viaRest: fc.boolean(),
})

/** At least twenty steps after a first completed payment, so that there is something to act on. */
export const sequences = fc.array(step, { minLength: 20, maxLength: 24 })
