import fc from 'fast-check'

import { addDays, addMonths } from './dates.ts'

const date = fc.date({
  min: new Date('2000-01-01T00:00:00Z'),
  max: new Date('2100-01-01T00:00:00Z'),
  noInvalidDate: true,
})
const monthsSinceYearZero = (at: Date) => at.getUTCFullYear() * 12 + at.getUTCMonth()
const lastDayOf = (at: Date) =>
  new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate()

describe('addDays', () => {
  it.each([
    ['2026-02-28T12:00:00.000Z', 1, '2026-03-01T12:00:00.000Z'],
    ['2028-02-28T12:00:00.000Z', 1, '2028-02-29T12:00:00.000Z'],
    ['2026-12-31T23:59:59.999Z', 1, '2027-01-01T23:59:59.999Z'],
    ['2026-03-28T12:00:00.000Z', 7, '2026-04-04T12:00:00.000Z'],
    ['2026-03-28T12:00:00.000Z', 0, '2026-03-28T12:00:00.000Z'],
  ])('moves %s by %i', (from, days, to) => {
    expect(addDays(new Date(from), days).toISOString()).toBe(to)
  })

  it('moves by exactly 24 hours a day', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: 0, max: 3_650 }), (at, days) => {
        expect(addDays(at, days).getTime() - at.getTime()).toBe(days * 24 * 60 * 60 * 1_000)
      }),
    )
  })
})

describe('addMonths', () => {
  it.each([
    ['2026-01-15T10:00:00.000Z', 1, '2026-02-15T10:00:00.000Z'],
    ['2026-01-31T10:00:00.000Z', 1, '2026-02-28T10:00:00.000Z'],
    ['2028-01-31T10:00:00.000Z', 1, '2028-02-29T10:00:00.000Z'],
    ['2026-01-31T10:00:00.000Z', 2, '2026-03-31T10:00:00.000Z'],
    ['2028-02-29T10:00:00.000Z', 12, '2029-02-28T10:00:00.000Z'],
    ['2026-11-30T23:59:59.999Z', 3, '2027-02-28T23:59:59.999Z'],
    ['2026-01-31T10:00:00.000Z', 0, '2026-01-31T10:00:00.000Z'],
  ])('moves %s by %i', (from, months, to) => {
    expect(addMonths(new Date(from), months).toISOString()).toBe(to)
  })

  it('returns the same day of the month or its last day, at the same time of day', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: 0, max: 240 }), (at, months) => {
        const moved = addMonths(at, months)
        expect(monthsSinceYearZero(moved)).toBe(monthsSinceYearZero(at) + months)
        expect(moved.getUTCDate()).toBe(Math.min(at.getUTCDate(), lastDayOf(moved)))
        expect(moved.toISOString().slice(10)).toBe(at.toISOString().slice(10))
      }),
    )
  })
})

describe('a given date', () => {
  it('is not changed', () => {
    const at = new Date('2026-01-31T10:00:00Z')
    addDays(at, 1)
    addMonths(at, 1)
    expect(at).toEqual(new Date('2026-01-31T10:00:00Z'))
  })
})
