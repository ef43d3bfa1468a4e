import { formatRange } from './formatRange.ts'

it.each([
  [1, 20, 38, '1–20 of 38'],
  [2, 20, 38, '21–38 of 38'],
  [3, 20, 38, 'None of 38'],
  [3, 20, 41, '41 of 41'],
])('page %i with %i rows of %i shows %s', (page, limit, total, text) => {
  expect(formatRange({ page, limit, total })).toBe(text)
})
