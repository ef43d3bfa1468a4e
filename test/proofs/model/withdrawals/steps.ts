import fc from 'fast-check'

/** The steps with their weights: of a step that needs an earlier one there are more. */
const WEIGHTS = {
  addMethod: 1,
  removeMethod: 1,
  credit: 2,
  earn: 3,
  refundPayment: 3,
  request: 14,
  requestTwiceAtOnce: 1,
  cancel: 2,
  approve: 10,
  approveAll: 6,
  approveTwiceAtOnce: 1,
  cancelWhileApproved: 1,
  hold: 2,
  lift: 3,
  reject: 1,
  work: 12,
  workTwiceAtOnce: 1,
  bankPays: 4,
  bankFails: 2,
  bankReturns: 3,
  bankPaysAfterFailure: 8,
  repeatReport: 2,
  reportTwiceAtOnce: 1,
  answerLate: 3,
  changeDeductions: 1,
  changeFee: 1,
  changeApprovals: 1,
} as const
export type Kind = keyof typeof WEIGHTS
export const KINDS = Object.keys(WEIGHTS) as Kind[]

/** What the bank does with an order. */
const OUTCOMES = [
  'paid',
  'pending',
  'fails-later',
  'fails-fix',
  'fails-operator',
  /** Taken, and the answer is lost. */
  'taken-unanswered',
  /** Lost, and so is the answer. */
  'lost-unanswered',
  /** It certainly did not arrive. */
  'not-sent',
] as const
export type Outcome = (typeof OUTCOMES)[number]

/**
 * One step. `pick` chooses a method, withdrawal or payment, `actor` a person, `size` is an amount.
 * `isReported`: the bank sends a webhook; otherwise a look-up finds the change.
 */
export type Step = {
  kind: Kind
  pick: number
  actor: number
  size: number
  outcome: Outcome
  isReported: boolean
}

/** Without bias: small amounts are refused, and nothing would follow. */
const step: fc.Arbitrary<Step> = fc.noBias(
  fc.record({
    kind: fc.oneof(
      ...KINDS.map((kind) => ({ weight: WEIGHTS[kind], arbitrary: fc.constant<Kind>(kind) })),
    ),
    pick: fc.nat(1_000),
    actor: fc.nat(1_000),
    size: fc.integer({ min: 1, max: 9_000 }),
    outcome: fc.constantFrom(...OUTCOMES),
    isReported: fc.boolean(),
  }),
)

/** 24 to 30 steps, after the player has credited the member and approved a first withdrawal. */
export const sequences = fc.array(step, { minLength: 24, maxLength: 30 })
