import fc from 'fast-check'

import { matchPayoutLines, type KnownTransaction, type PayoutLine } from './matchPayoutLines.ts'

const transaction = (over: Partial<KnownTransaction> = {}): KnownTransaction => ({
  id: over.externalId ?? 'S1',
  externalId: 'S1',
  orderId: null,
  programId: null,
  reversalOf: null,
  status: 'approved',
  commissionMinor: 100,
  currency: 'INR',
  isPaidFor: false,
  ...over,
})
const line = (over: Partial<PayoutLine> = {}): PayoutLine => ({
  number: 2,
  externalId: 'S1',
  orderId: null,
  amountMinor: 100,
  ...over,
})
const match = (lines: PayoutLine[], transactions: KnownTransaction[], currency = 'INR') =>
  matchPayoutLines({ lines, transactions, currency }).map(
    ({ isPaying, ourMinor, transaction: found, result }) =>
      [result, found?.id ?? null, ourMinor, isPaying] as const,
  )

describe('a line of a statement', () => {
  it.each([
    ['pays the expected amount', line(), transaction(), ['matched', 'S1', 100, true]],
    ['pays another amount', line({ amountMinor: 99 }), transaction(), ['differs', 'S1', 100, true]],
    [
      'pays a transaction that is paid',
      line(),
      transaction({ status: 'paid' }),
      ['matched', 'S1', 100, true],
    ],
    [
      'pays a transaction that an earlier statement paid',
      line(),
      transaction({ isPaidFor: true }),
      ['paid-before', 'S1', 100, false],
    ],
    [
      'pays a pending transaction',
      line(),
      transaction({ status: 'pending' }),
      ['not-approved', 'S1', 100, true],
    ],
    [
      'pays a confirmed transaction',
      line(),
      transaction({ status: 'confirmed' }),
      ['not-approved', 'S1', 100, true],
    ],
    [
      'pays a declined transaction',
      line(),
      transaction({ status: 'declined' }),
      ['not-approved', 'S1', 100, true],
    ],
    [
      'pays an unknown transaction',
      line({ externalId: 'S9' }),
      transaction(),
      ['unknown', null, null, false],
    ],
    [
      'takes an order back',
      line({ amountMinor: -100 }),
      transaction(),
      ['differs', 'S1', 100, false],
    ],
    ['pays nothing', line({ amountMinor: 0 }), transaction(), ['differs', 'S1', 100, false]],
  ] as const)('that %s gets its result', (_what, one, known, expected) => {
    expect(match([one], [known])).toEqual([expected])
  })

  it('in another currency pays the transaction, and its amount is not compared', () => {
    expect(match([line()], [transaction({ currency: 'USD' })])).toEqual([
      ['differs', 'S1', null, true],
    ])
  })

  it('without an id matches a transaction of its order, preferably one with its amount', () => {
    const transactions = [
      transaction({ externalId: 'A', orderId: 'O', commissionMinor: 50 }),
      transaction({ externalId: 'B', orderId: 'O' }),
    ]
    const byOrder = line({ externalId: null, orderId: 'O' })
    expect(match([byOrder, byOrder, byOrder], transactions)).toEqual([
      ['matched', 'B', 100, true],
      ['differs', 'A', 50, true],
      ['paid-before', 'A', 50, false],
    ])
  })

  it('by order alone does not match a transaction that another line names by id, before or after it', () => {
    const transactions = [
      transaction({ orderId: 'O' }),
      transaction({ externalId: 'S2', orderId: 'O' }),
    ]
    expect(match([line({ externalId: null, orderId: 'O' }), line()], transactions)).toEqual([
      ['matched', 'S2', 100, true],
      ['matched', 'S1', 100, true],
    ])
  })

  it('with an unknown id matches no transaction, even if its order is known', () => {
    expect(
      match([line(), line({ externalId: 'S7', orderId: 'O' })], [transaction({ orderId: 'O' })]),
    ).toEqual([
      ['matched', 'S1', 100, true],
      ['unknown', null, null, false],
    ])
  })

  it.each([
    ['neither amount fits', [40, 60], 59, ['unknown', null, null, false]],
    ['both amounts fit', [60, 60], 60, ['unknown', null, null, false]],
    ['one amount fits', [40, 60], 60, ['matched', 'B', 60, true]],
  ])(
    'by an order number of two programmes is matched only if one amount fits: %s',
    (_which, [one = 0, other = 0], amountMinor, result) => {
      const transactions = [
        transaction({ externalId: 'A', orderId: 'O', programId: '77', commissionMinor: one }),
        transaction({ externalId: 'B', orderId: 'O', programId: '88', commissionMinor: other }),
      ]
      expect(match([line({ externalId: null, orderId: 'O', amountMinor })], transactions)).toEqual([
        result,
      ])
    },
  )

  it('below zero matches the reversal, not the order', () => {
    const back = transaction({
      externalId: 'R',
      orderId: 'X',
      reversalOf: 'O',
      commissionMinor: -40,
    })
    expect(match([line({ amountMinor: -40 })], [transaction({ orderId: 'O' }), back])).toEqual([
      ['matched', 'R', -40, true],
    ])
  })

  it('never pays a transaction twice, for any statement', () => {
    const id = fc.constantFrom('A', 'B', 'C')
    const orNull = fc.option(id, { nil: null })
    const amount = fc.integer({ min: -2, max: 2 })
    const lines = fc.array(
      fc.record({ number: fc.nat(), externalId: orNull, orderId: orNull, amountMinor: amount }),
    )
    const transactions = fc.uniqueArray(
      fc.record({ externalId: id, orderId: orNull, reversalOf: orNull, commissionMinor: amount }),
      { selector: ({ externalId }) => externalId },
    )
    fc.assert(
      fc.property(lines, transactions, (some, known) => {
        const matched = matchPayoutLines({
          lines: some,
          transactions: known.map(transaction),
          currency: 'INR',
        })
        const paid = matched.flatMap(({ isPaying, transaction: found }) =>
          isPaying && found ? [found] : [],
        )
        expect(new Set(paid).size).toBe(paid.length)
        for (const { amountMinor, isPaying, transaction: found } of matched) {
          if (isPaying) expect(Math.sign(amountMinor)).toBe(Math.sign(found?.commissionMinor ?? 0))
        }
      }),
    )
  })
})
