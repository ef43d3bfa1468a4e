import {
  limitCredit,
  CASHBACK_STATUSES,
  type CashbackStatus,
  decideCashback,
} from './cashbackEvent.ts'

const AMOUNT = 3_500
const decide = (
  before: CashbackStatus | null,
  transaction: 'pending' | 'confirmed' | 'approved' | 'paid' | 'declined' | 'unknown',
  capMinor?: number,
) =>
  decideCashback({
    before,
    transactionStatus: transaction,
    amountMinor: AMOUNT,
    autoApproval: capMinor === undefined ? null : { capMinor },
  })

describe('a cashback event', () => {
  it.each([
    [null, 'pending', 'pending', 0],
    [null, 'confirmed', 'pending', 0],
    [null, 'approved', 'approved', AMOUNT],
    [null, 'paid', 'paid', AMOUNT],
    [null, 'declined', 'declined', 0],
    ['pending', 'approved', 'approved', AMOUNT],
    ['pending', 'declined', 'declined', 0],
    ['approved', 'paid', 'paid', AMOUNT],
    ['approved', 'declined', 'reversed', 0],
    ['approved', 'pending', 'reversed', 0],
    ['paid', 'declined', 'reversed', 0],
    ['declined', 'pending', 'declined', 0],
    ['declined', 'approved', 'approved', AMOUNT],
    ['reversed', 'declined', 'reversed', 0],
    ['reversed', 'pending', 'reversed', 0],
    ['reversed', 'approved', 'approved', AMOUNT],
  ] as const)(
    'that is %s, with a transaction that is %s, becomes %s with a credit of %d',
    (before, transaction, after, worth) => {
      expect(decide(before, transaction)).toEqual({ status: after, creditMinor: worth })
    },
  )

  it.each([null, ...CASHBACK_STATUSES])(
    'that is %s does not change if the transaction’s status is unmapped',
    (before) => {
      expect(decide(before, 'unknown')).toBeNull()
      expect(decide(before, 'unknown', 2_000)).toBeNull()
    },
  )
})

describe('an automatic approval', () => {
  it('credits at most its cap until the network decides', () => {
    expect(decide('pending', 'pending', 2_000)).toEqual({ status: 'approved', creditMinor: 2_000 })
    expect(decide('approved', 'confirmed', 9_999)).toMatchObject({ creditMinor: AMOUNT })
  })

  it('ends with the network’s decision: an approval credits the rest, a decline takes all back', () => {
    expect(decide('approved', 'approved', 2_000)).toEqual({
      status: 'approved',
      creditMinor: AMOUNT,
    })
    expect(decide('approved', 'declined', 2_000)).toEqual({ status: 'reversed', creditMinor: 0 })
  })
})

describe('a limited decision', () => {
  const approved = { status: 'approved', creditMinor: 100 } as const
  it.each([
    ['no limit', null, null, false, approved],
    ['a limit above it', null, 100, false, approved],
    ['a part', 'approved', 40, false, { status: 'approved', creditMinor: 40 }],
    ['nothing of a new one', null, 0, false, { status: 'pending', creditMinor: 0 }],
    ['nothing of a pending one', 'pending', 0, false, { status: 'pending', creditMinor: 0 }],
    ['nothing of a declined one', 'declined', 0, false, { status: 'declined', creditMinor: 0 }],
    ['nothing of a reversed one', 'reversed', 0, false, { status: 'reversed', creditMinor: 0 }],
    ['nothing of an approved zero', 'approved', 0, false, { status: 'approved', creditMinor: 0 }],
    ['a rejected new one', null, 0, true, { status: 'declined', creditMinor: 0 }],
    ['a rejected pending one', 'pending', 0, true, { status: 'declined', creditMinor: 0 }],
    ['a rejected part', 'approved', 40, true, { status: 'approved', creditMinor: 40 }],
  ] as const)(
    '%s (before: %s, at most %s, rejected: %s)',
    (_name, before, ceilingMinor, isRejected, expected) => {
      expect(limitCredit(approved, { before, ceilingMinor, isRejected })).toEqual(expected)
    },
  )
})
