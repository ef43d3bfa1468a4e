import { canMovePayment, type PaymentStatus } from './paymentStates.ts'

const ALL: PaymentStatus[] = ['pending', 'completed', 'failed']
const ALLOWED: [PaymentStatus | null, PaymentStatus[]][] = [
  [null, ['pending', 'completed', 'failed']],
  ['pending', ['pending', 'completed', 'failed']],
  ['completed', ['completed']],
  ['failed', ['failed']],
]
const moves = ALLOWED.flatMap(([from, allowed]) =>
  ALL.map((to) => ({ from, to, isAllowed: allowed.includes(to) })),
)

describe('a payment’s status', () => {
  it.each(moves.filter(({ isAllowed }) => isAllowed))(
    'may change from $from to $to',
    ({ from, to }) => {
      expect(canMovePayment(from, to)).toBe(true)
    },
  )

  it.each(moves.filter(({ isAllowed }) => !isAllowed))(
    'may not change from $from to $to',
    ({ from, to }) => {
      expect(canMovePayment(from, to)).toBe(false)
    },
  )

  it('may stay the same, so that a repeated request is no error', () => {
    for (const status of ALL) expect(canMovePayment(status, status)).toBe(true)
  })
})
