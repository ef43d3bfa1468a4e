import { formatNextRun } from './formatNextRun.ts'

const when = { now: '2026-11-20T09:05:00Z', timeZone: 'Asia/Kolkata' }
it.each([
  ['2026-11-21T02:00:00Z', 'Tomorrow, 07:30, in 16 h'],
  ['2026-11-20T09:15:00Z', 'Today, 14:45, in 10 min'],
  ['2026-11-22T01:00:00Z', 'Sunday, 06:30, in 1 d 15 h'],
])('a next run at %s is written as: %s', (at, text) => {
  expect(formatNextRun(at, when)).toBe(text)
})
