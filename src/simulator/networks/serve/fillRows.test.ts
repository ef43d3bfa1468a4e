import { fillRows } from './fillRows.ts'

it.each([
  ['huge-rows', 60_000_000],
  ['many-rows', 8_000_000],
  ['deep-rows', 2_000_000],
  ['huge-text', 60_000_000],
  ['gzip-bomb', 100_000_000],
] as const)('%s without a size is more than %i bytes of JSON', (fault, bytes) => {
  expect(fillRows(fault)?.length).toBeGreaterThan(bytes)
})

it('a size in megabytes replaces it, and other faults fill nothing', () => {
  expect(fillRows('huge-text', 1)?.length).toBe(1024 * 1024 + '{"text":""}'.length)
  expect(fillRows('slow')).toBeNull()
})
