import type { CashbackStatus } from './cashbackEvent.ts'
import { decideNotice } from './decideNotice.ts'
import type { TransactionStatus } from './transaction.ts'

const seen = (status: CashbackStatus, amountMinor: number, creditedMinor = 0) => ({
  status,
  amountMinor,
  creditedMinor,
})
const decide = (
  before: ReturnType<typeof seen> | null,
  after: ReturnType<typeof seen>,
  transactionStatus: TransactionStatus = 'pending',
) => decideNotice({ before, after, transactionStatus })

describe('a message', () => {
  it.each([
    ['a new order', null, seen('pending', 500), 'pending', { kind: 'tracked', amountMinor: 500 }],
    [
      'an order that earned nothing so far',
      seen('pending', 0),
      seen('pending', 500),
      'pending',
      { kind: 'tracked', amountMinor: 500 },
    ],
    [
      'a lower expected amount',
      seen('pending', 500),
      seen('pending', 300),
      'confirmed',
      { kind: 'changed', fromMinor: 500, toMinor: 300, isCredited: false },
    ],
    [
      'an approval',
      seen('pending', 500),
      seen('approved', 500, 500),
      'approved',
      { kind: 'credited', amountMinor: 500 },
    ],
    [
      'a higher approved amount',
      seen('approved', 500, 500),
      seen('approved', 700, 700),
      'approved',
      { kind: 'credited', amountMinor: 200 },
    ],
    [
      'a partial return',
      seen('approved', 500, 500),
      seen('approved', 200, 200),
      'approved',
      { kind: 'changed', fromMinor: 500, toMinor: 200, isCredited: true },
    ],
    [
      'an order put back on hold',
      seen('approved', 500, 500),
      seen('reversed', 500),
      'pending',
      { kind: 'on-hold', takenBackMinor: 500 },
    ],
    [
      'a decline after the credit',
      seen('approved', 500, 500),
      seen('reversed', 500),
      'declined',
      { kind: 'declined', amountMinor: 500, takenBackMinor: 500 },
    ],
    [
      'a decline before the credit',
      seen('pending', 500),
      seen('declined', 500),
      'declined',
      { kind: 'declined', amountMinor: 500, takenBackMinor: 0 },
    ],
    [
      'an approval after the hold',
      seen('reversed', 500),
      seen('approved', 500, 500),
      'approved',
      { kind: 'credited', amountMinor: 500 },
    ],
  ] as const)('is sent about %s', (_case, before, after, status, notice) => {
    expect(decide(before, after, status)).toEqual(notice)
  })

  it.each([
    ['an order that earns nothing', null, seen('pending', 0), 'pending'],
    ['a decline of nothing', seen('pending', 0), seen('declined', 0), 'declined'],
    ['an approval of nothing', seen('pending', 0), seen('approved', 0), 'approved'],
    ['the payment of a credited order', seen('approved', 5, 5), seen('paid', 5, 5), 'paid'],
    ['an unchanged order', seen('pending', 500), seen('pending', 500), 'confirmed'],
    ['a second decline', seen('declined', 500), seen('declined', 500), 'declined'],
    ['a decline of an order on hold', seen('reversed', 0), seen('reversed', 0), 'declined'],
  ] as const)('is not sent about %s', (_case, before, after, status) => {
    expect(decide(before, after, status)).toBeNull()
  })
})
