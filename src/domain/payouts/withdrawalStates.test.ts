import {
  checkTransition,
  findTransition,
  holdsMoney,
  isFinal,
  isOpen,
  WITHDRAWAL_STATUSES,
  WITHDRAWAL_TRANSITIONS,
  type WithdrawalStatus,
} from './withdrawalStates.ts'

const ALLOWED: [WithdrawalStatus | null, WithdrawalStatus[]][] = [
  [null, ['requested']],
  ['requested', ['approved', 'rejected', 'on-hold', 'cancelled']],
  ['on-hold', ['requested', 'rejected', 'cancelled']],
  ['approved', ['on-hold', 'rejected', 'sent']],
  ['sent', ['settled', 'failed', 'in-doubt', 'approved', 'returned']],
  ['in-doubt', ['settled', 'failed', 'sent', 'approved', 'returned']],
  ['settled', ['returned']],
  ['failed', []],
  ['returned', []],
  ['rejected', []],
  ['cancelled', []],
]
const moves = ALLOWED.flatMap(([from, allowed]) =>
  WITHDRAWAL_STATUSES.map((to) => ({ from, to, isAllowed: allowed.includes(to) })),
)

describe('a withdrawal’s status', () => {
  it.each(moves.filter(({ isAllowed }) => isAllowed))(
    'may change from $from to $to',
    ({ from, to }) => {
      expect(checkTransition(from, to)).toBeNull()
    },
  )

  it.each(moves.filter(({ isAllowed }) => !isAllowed))(
    'may not change from $from to $to',
    ({ from, to }) => {
      expect(checkTransition(from, to)).toMatch(/^withdrawal\.[a-z-]+$/)
      expect(findTransition(from, to)).toBeNull()
    },
  )

  it.each([
    ['requested', 'requested', undefined, 'withdrawal.unchanged'],
    ['rejected', 'approved', undefined, 'withdrawal.final'],
    ['failed', 'settled', undefined, 'withdrawal.final'],
    ['sent', 'cancelled', 'member', 'withdrawal.in-payment'],
    ['in-doubt', 'rejected', 'finance', 'withdrawal.in-payment'],
    ['settled', 'on-hold', 'finance', 'withdrawal.in-payment'],
    ['approved', 'cancelled', 'member', 'withdrawal.wrong-status'],
    ['requested', 'approved', 'member', 'withdrawal.wrong-actor'],
    ['requested', 'cancelled', 'finance', 'withdrawal.wrong-actor'],
    ['approved', 'sent', 'finance', 'withdrawal.wrong-actor'],
    [null, 'approved', 'machine', 'withdrawal.wrong-status'],
  ] as const)('from %s to %s by %s: the code is %4$s', (from, to, by, code) => {
    expect(checkTransition(from, to, by)).toBe(code)
  })

  it('may become approved by finance and by the machine', () => {
    expect(checkTransition('requested', 'approved', 'finance')).toBeNull()
    expect(checkTransition('requested', 'approved', 'machine')).toBeNull()
  })

  it('is open, settled or final, and never two of them', () => {
    expect(WITHDRAWAL_STATUSES.filter(isOpen)).toEqual([
      'requested',
      'on-hold',
      'approved',
      'sent',
      'in-doubt',
    ])
    expect(WITHDRAWAL_STATUSES.filter(isFinal)).toEqual([
      'failed',
      'returned',
      'rejected',
      'cancelled',
    ])
  })
})

describe('the money of a withdrawal', () => {
  it.each(WITHDRAWAL_TRANSITIONS)(
    'is in the right account after $from to $to by $by, which posts $posts',
    ({ from, posts, to }) => {
      const place = [from === null ? 'nowhere' : holdsMoney(from), holdsMoney(to)].join(' ')
      expect(posts).toBe(
        {
          'nowhere held': 'hold',
          'held payouts': 'debit',
          'held nowhere': 'release',
          'payouts held': 'return',
          'payouts nowhere': 'return',
          'held held': null,
          'payouts payouts': null,
        }[place],
      )
    },
  )

  it('is back with the member at each final status, and the member is notified of it', () => {
    for (const { notifies, to } of WITHDRAWAL_TRANSITIONS) {
      if (!isFinal(to)) continue
      expect(holdsMoney(to)).toBe('nowhere')
      expect(notifies).toBe(`withdrawal-${to}`)
    }
  })

  it('is debited by the machine alone, and only after an approval', () => {
    const debits = WITHDRAWAL_TRANSITIONS.filter(({ posts }) => posts === 'debit')
    expect(debits).toMatchObject([{ from: 'approved', to: 'sent', by: 'machine' }])
  })
})
