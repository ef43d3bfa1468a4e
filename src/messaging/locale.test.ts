import { formatInstant } from './locale.ts'

describe('formatInstant', () => {
  it.each([
    ['en', 'Asia/Kolkata', 'Wednesday, 1 July 2026, 1:30 am IST'],
    ['hi', 'Asia/Kolkata', 'बुधवार, 1 जुलाई 2026, 01:30 IST'],
    ['fr', 'UTC', 'Tuesday, 30 June 2026, 8:00 pm UTC'],
    ['en', 'Nowhere/Else', 'Tuesday, 30 June 2026, 8:00 pm UTC'],
  ])('formats the instant in %s for %s as %s', (locale, timeZone, text) => {
    const written = formatInstant('2026-06-30T20:00:00.000Z', { locale, timeZone })
    expect(written.replaceAll('\u00a0', ' ')).toBe(text)
  })
})
