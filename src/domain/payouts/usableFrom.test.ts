import { computeUsableFrom } from './usableFrom.ts'

const HOUR_MS = 3_600_000
const now = new Date('2026-11-24T12:00:00.000Z')
const hoursFrom = (date: Date, hours: number): Date => new Date(date.getTime() + hours * HOUR_MS)

describe('a confirmed method', () => {
  it.each([
    [-9_000, -10_000, 72, 'an old contact: it cools off from its confirmation on'],
    [-72, -10_000, 72, 'a contact as old as the cool-off'],
    [-71, -10_000, 73, 'a contact an hour too young: the hour is added'],
    [0, -10_000, 144, 'a contact of this minute: both cool off'],
    [0, -71, 72, 'a contact of the first days of the account came with it'],
    [0, -72, 144, 'an account that is older than the cool-off had time to be taken'],
    [-100, 0, 72, 'a contact that was confirmed before the account was imported'],
  ])(
    'with a contact since %i h and a member since %i h is usable in %i h: %s',
    (contact, member, expected) => {
      const from = computeUsableFrom({
        now,
        coolOffHours: 72,
        contactSince: hoursFrom(now, contact),
        memberSince: hoursFrom(now, member),
      })
      expect(from).toEqual(hoursFrom(now, expected))
    },
  )

  it('without a cool-off is usable at once, however young the contact is', () => {
    const facts = { now, coolOffHours: 0, contactSince: now, memberSince: hoursFrom(now, -9_000) }
    expect(computeUsableFrom(facts)).toEqual(now)
  })
})
