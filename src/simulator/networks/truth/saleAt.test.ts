import { saleAt } from './saleAt.ts'
import type { ScriptedOrder } from './types.ts'

const [DAY, INR] = [86_400_000, 'INR']
const order: ScriptedOrder = {
  order: 'o1',
  network: 'admitad',
  clickId: 'c1',
  merchant: { id: 1, name: 'Shop' },
  returnOf: null,
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

describe('what is true of an order', () => {
  it('is nothing before anybody heard of it', () => {
    expect(saleAt(order, DAY - 1)).toBeNull()
  })

  it.each([
    [DAY, 'pending', 12_495, DAY],
    [49 * DAY - 1, 'pending', 12_495, DAY],
    [49 * DAY, 'approved', 7_495, 49 * DAY],
    [900 * DAY, 'paid', 7_495, 70 * DAY],
  ])('at %i is its last entry not after: %s', (nowMs, status, commissionMinor, changedMs) => {
    expect(saleAt(order, nowMs)).toMatchObject({ status, commissionMinor, changedMs, eventMs: 0 })
  })

  it('has the same number for ever, and the amounts before they changed', () => {
    const [early, late] = [saleAt(order, DAY), saleAt(order, 90 * DAY)]
    expect(early?.number).toBe(late?.number)
    expect(early?.before).toBeNull()
    expect(late?.before).toEqual({ saleMinor: 249_900, commissionMinor: 12_495 })
  })
})
