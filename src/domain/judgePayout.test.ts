import fc from 'fast-check'

import { judgePayout, type KnownSale, type PayoutLine } from './judgePayout.ts'

const sale = (over: Partial<KnownSale> = {}): KnownSale => ({
  id: over.externalId ?? 'S1',
  externalId: 'S1',
  orderId: null,
  returnOf: null,
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
const judge = (lines: PayoutLine[], sales: KnownSale[], currency = 'INR') =>
  judgePayout({ lines, sales, currency }).map(
    ({ isPaying, ourMinor, sale: found, verdict }) =>
      [verdict, found?.id ?? null, ourMinor, isPaying] as const,
  )

describe('a line of a statement', () => {
  it.each([
    ['pays what we expect', line(), sale(), ['matched', 'S1', 100, true]],
    ['pays something else', line({ amountMinor: 99 }), sale(), ['differs', 'S1', 100, true]],
    ['pays what is called paid', line(), sale({ status: 'paid' }), ['matched', 'S1', 100, true]],
    [
      'pays what was paid for',
      line(),
      sale({ isPaidFor: true }),
      ['paid-before', 'S1', 100, false],
    ],
    [
      'pays what is pending',
      line(),
      sale({ status: 'pending' }),
      ['not-approved', 'S1', 100, true],
    ],
    [
      'pays what is confirmed',
      line(),
      sale({ status: 'confirmed' }),
      ['not-approved', 'S1', 100, true],
    ],
    [
      'pays what is declined',
      line(),
      sale({ status: 'declined' }),
      ['not-approved', 'S1', 100, true],
    ],
    ['pays what nobody knows', line({ externalId: 'S9' }), sale(), ['unknown', null, null, false]],
    [
      'takes back what was sold',
      line({ amountMinor: -100 }),
      sale(),
      ['differs', 'S1', 100, false],
    ],
    ['pays nothing', line({ amountMinor: 0 }), sale(), ['differs', 'S1', 100, false]],
  ] as const)('that %s is judged so', (_what, one, known, judged) => {
    expect(judge([one], [known])).toEqual([judged])
  })

  it('in another currency pays, and is compared with nothing', () => {
    expect(judge([line()], [sale({ currency: 'USD' })])).toEqual([['differs', 'S1', null, true]])
  })

  it('finds its sale by the order where its id says nothing, first the one of its amount', () => {
    const sales = [
      sale({ externalId: 'A', orderId: 'O', commissionMinor: 50 }),
      sale({ externalId: 'B', orderId: 'O' }),
    ]
    const byOrder = line({ externalId: null, orderId: 'O' })
    expect(judge([byOrder, byOrder, byOrder], sales)).toEqual([
      ['matched', 'B', 100, true],
      ['differs', 'A', 50, true],
      ['paid-before', 'A', 50, false],
    ])
  })

  it('leaves a sale to the line that names it, wherever that stands', () => {
    const sales = [sale({ orderId: 'O' }), sale({ externalId: 'S2', orderId: 'O' })]
    expect(judge([line({ externalId: null, orderId: 'O' }), line()], sales)).toEqual([
      ['matched', 'S2', 100, true],
      ['matched', 'S1', 100, true],
    ])
  })

  it('with an id that we do not have is of a sale that nobody told us of', () => {
    expect(
      judge([line(), line({ externalId: 'S7', orderId: 'O' })], [sale({ orderId: 'O' })]),
    ).toEqual([
      ['matched', 'S1', 100, true],
      ['unknown', null, null, false],
    ])
  })

  it('below zero is the return, not the order', () => {
    const back = sale({ externalId: 'R', orderId: 'X', returnOf: 'O', commissionMinor: -40 })
    expect(judge([line({ amountMinor: -40 })], [sale({ orderId: 'O' }), back])).toEqual([
      ['matched', 'R', -40, true],
    ])
  })

  it('pays for no sale twice, whatever the statement says', () => {
    const id = fc.constantFrom('A', 'B', 'C')
    const orNull = fc.option(id, { nil: null })
    const amount = fc.integer({ min: -2, max: 2 })
    const lines = fc.array(
      fc.record({ number: fc.nat(), externalId: orNull, orderId: orNull, amountMinor: amount }),
    )
    const sales = fc.uniqueArray(
      fc.record({ externalId: id, orderId: orNull, returnOf: orNull, commissionMinor: amount }),
      { selector: ({ externalId }) => externalId },
    )
    fc.assert(
      fc.property(lines, sales, (some, known) => {
        const judged = judgePayout({ lines: some, sales: known.map(sale), currency: 'INR' })
        const paid = judged.flatMap(({ isPaying, sale: found }) =>
          isPaying && found ? [found] : [],
        )
        expect(new Set(paid).size).toBe(paid.length)
        for (const { amountMinor, isPaying, sale: found } of judged) {
          if (isPaying) expect(Math.sign(amountMinor)).toBe(Math.sign(found?.commissionMinor ?? 0))
        }
      }),
    )
  })
})
