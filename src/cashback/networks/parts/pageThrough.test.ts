import { pageThrough } from './pageThrough.ts'

const page = (total: number | null) => ({ rows: [], rejected: [], raw: null, total })
const list = (total: number | null) =>
  pageThrough({
    by: 'number',
    pageSize: 1_000_000,
    rawsOf: () => [],
    readAt: () => Promise.resolve(page(total)),
  })

it('a list that claims more than two million rows is refused at its first page', async () => {
  await expect(list(2_000_001).next()).rejects.toMatchObject({ code: 'network.too-large' })
  expect((await list(2_000_000).next()).done).toBe(false)
})
