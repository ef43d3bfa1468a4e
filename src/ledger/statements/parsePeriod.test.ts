import { parseInstant, parsePeriod } from './parsePeriod.ts'

const now = new Date('2026-11-20T09:05:00Z')
const iso = ({ from, to }: { from: Date; to: Date }) => [from.toISOString(), to.toISOString()]

describe('the period of a statement', () => {
  it.each([
    ['this month until now', {}, '2026-10-31T18:30:00.000Z', '2026-11-20T09:05:00.000Z'],
    [
      'from a day until now',
      { from: '2026-11-10' },
      '2026-11-09T18:30:00.000Z',
      '2026-11-20T09:05:00.000Z',
    ],
    [
      'whole days, the last one too',
      { from: '2026-10-01', to: '2026-10-31' },
      '2026-09-30T18:30:00.000Z',
      '2026-10-31T18:30:00.000Z',
    ],
    [
      'one day',
      { from: '2026-10-31', to: '2026-10-31' },
      '2026-10-30T18:30:00.000Z',
      '2026-10-31T18:30:00.000Z',
    ],
    [
      'the month of the day it ends with',
      { to: '2026-10-31' },
      '2026-09-30T18:30:00.000Z',
      '2026-10-31T18:30:00.000Z',
    ],
    [
      'instants as they are',
      { from: '2026-11-01T00:00:00Z', to: '2026-11-02T10:00:00.5+05:30' },
      '2026-11-01T00:00:00.000Z',
      '2026-11-02T04:30:00.500Z',
    ],
    [
      'an offset with a space instead of its plus',
      { from: '2026-11-01T00:00 05:30' },
      '2026-10-31T18:30:00.000Z',
      '2026-11-20T09:05:00.000Z',
    ],
    [
      'nothing at all, from an instant to itself',
      { from: '2026-11-01T00:00Z', to: '2026-11-01T00:00Z' },
      '2026-11-01T00:00:00.000Z',
      '2026-11-01T00:00:00.000Z',
    ],
  ])('is %s', (_name, given, from, to) => {
    expect(iso(parsePeriod({ ...given, now, timeZone: 'Asia/Kolkata' }))).toEqual([from, to])
  })

  it.each([
    ['from', { from: 'yesterday' }],
    ['from', { from: '2026-02-30' }],
    ['from', { from: '2026-02-30T00:00:00Z' }],
    ['from', { from: '2026-11-01T00:00:00' }],
    ['from', { from: '2026-11-01T25:00:00Z' }],
    ['to', { to: '11/20/2026' }],
    ['to', { to: '1e3' }],
    ['from', { from: '2026-11-02', to: '2026-11-01' }],
    ['from', { from: '2027-01-01' }],
  ])('is refused by %s: %j', (field, given) => {
    const refusal = (() => {
      try {
        return parsePeriod({ ...given, now, timeZone: 'UTC' })
      } catch (error) {
        return error
      }
    })()
    expect(refusal).toMatchObject({ code: 'request.malformed-value', details: { field } })
  })

  it('ends a day where the next begins, also on the days of a clock change', () => {
    const timeZone = 'America/New_York'
    const ends = parseInstant('2026-11-01', { edge: 'ends', field: 'asOf', timeZone })
    const begins = parseInstant('2026-11-01', { edge: 'begins', field: 'asOf', timeZone })
    expect(ends.getTime() - begins.getTime()).toBe(25 * 3_600_000)
  })
})
