import { CASHBACK_STATUSES, type CashbackStatus, decideCashback } from './cashbackEvent.ts'

const AMOUNT = 3_500
const decide = (
  before: CashbackStatus | null,
  sale: 'pending' | 'confirmed' | 'approved' | 'paid' | 'declined' | 'unknown',
  capMinor?: number,
) =>
  decideCashback({
    before,
    sale,
    amountMinor: AMOUNT,
    grant: capMinor === undefined ? null : { capMinor },
  })

describe('an event', () => {
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
    'that is %s, of a sale that is %s, is %s and worth %d',
    (before, sale, after, worth) => {
      expect(decide(before, sale)).toEqual({ status: after, creditMinor: worth })
    },
  )

  it.each([null, ...CASHBACK_STATUSES])(
    'that is %s is neither begun nor moved by a word that nobody knows',
    (before) => {
      expect(decide(before, 'unknown')).toBeNull()
      expect(decide(before, 'unknown', 2_000)).toBeNull()
    },
  )
})

describe('an approval by age', () => {
  it('credits its cap at most, while the network still thinks', () => {
    expect(decide('pending', 'pending', 2_000)).toEqual({ status: 'approved', creditMinor: 2_000 })
    expect(decide('approved', 'confirmed', 9_999)).toMatchObject({ creditMinor: AMOUNT })
  })

  it('gives way to the network: the rest at its approval, everything back at its decline', () => {
    expect(decide('approved', 'approved', 2_000)).toEqual({
      status: 'approved',
      creditMinor: AMOUNT,
    })
    expect(decide('approved', 'declined', 2_000)).toEqual({ status: 'reversed', creditMinor: 0 })
  })
})
