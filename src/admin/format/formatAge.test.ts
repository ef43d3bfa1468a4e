import { formatAge } from './formatAge.ts'

it.each([
  [null, '—'],
  [0, '0 s'],
  [52, '52 s'],
  [60, '1 min'],
  [112, '1 min 52 s'],
  [3_605, '1 h'],
  [100_000, '1 d 3 h'],
])('%s seconds are written as %s', (seconds, text) => {
  expect(formatAge(seconds)).toBe(text)
})
