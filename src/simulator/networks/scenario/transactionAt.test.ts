import { transactionAt } from './transactionAt.ts'
import type { ScenarioOrder } from './types.ts'

const [DAY, INR] = [86_400_000, 'INR']
const order: ScenarioOrder = {
  order: 'o1',
  network: 'admitad',
  clickId: 'c1',
  merchant: { id: 1, name: 'Shop' },
  reversalOf: null,
  eventMs: 0,
  timeline: [
    { atMs: DAY, status: 'pending', saleMinor: 249_900, commissionMinor: 12_495, currency: INR },
    {
      atMs: 49 * DAY,
      status: 'approved',
      saleMinor: 149_900,
      commissionMinor: 7_495,
      currency: INR,
    },
    { atMs: 70 * DAY, status: 'paid', saleMinor: 149_900, commissionMinor: 7_495, currency: INR },
  ],
}

describe('an order at an instant', () => {
  it('is null before its first timeline entry', () => {
    expect(transactionAt(order, DAY - 1)).toBeNull()
  })

  it.each([
    [DAY, 'pending', 12_495, DAY],
    [49 * DAY - 1, 'pending', 12_495, DAY],
    [49 * DAY, 'approved', 7_495, 49 * DAY],
    [900 * DAY, 'paid', 7_495, 70 * DAY],
  ])(
    'at %i has the status of its last entry until then: %s',
    (nowMs, status, commissionMinor, changedMs) => {
      expect(transactionAt(order, nowMs)).toMatchObject({
        status,
        commissionMinor,
        changedMs,
        eventMs: 0,
      })
    },
  )

  it('always has the same number, and its amounts before the last change', () => {
    const [early, late] = [transactionAt(order, DAY), transactionAt(order, 90 * DAY)]
    expect(early?.number).toBe(late?.number)
    expect(early?.before).toBeNull()
    expect(late?.before).toEqual({ saleMinor: 249_900, commissionMinor: 12_495 })
  })
})
