import { formatUnmapped } from './formatUnmapped.ts'

it.each([
  [[], '0'],
  [[{ status: 'Locked', count: 1_200 }], 'Locked: 1,200'],
  [
    ['a', 'b', 'c', 'd', 'e'].map((status) => ({ status, count: 1 })),
    'a: 1 · b: 1 · c: 1 · 2 more',
  ],
])('unmapped statuses are shown with their counts: %j', (statuses, text) => {
  expect(formatUnmapped(statuses)).toBe(text)
})
