import fc from 'fast-check'

import { type NetworkSpec, openBench, PAGE_SIZE, readAll } from './networkSpec.ts'

const count = (n: number) => Array.from({ length: n }, (_, at) => at + 1)

/** Tests that a list is read to its end, each row at least once, also if it changes meanwhile. */
export const testNetworkLists = (spec: NetworkSpec): void => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(spec)
  })
  beforeEach(() => bench.reset())
  afterAll(() => bench.server.close())

  const read = () => readAll({ network: bench.networkAt(), spec })
  const withStatus = (n: number, status: string | null) => ({
    ...spec.rowOf(n),
    [spec.statusField ?? 'status']: status,
  })
  const idsOf = (raws: unknown[]) =>
    bench
      .networkAt()
      .readPage(spec.bodyOf({ rows: raws, total: raws.length }))
      .rows.map(({ externalId }) => externalId)

  it.each([0, 1, PAGE_SIZE, PAGE_SIZE * 2, 11])(
    'of %i rows is read once and completely',
    async (rows) => {
      bench.state.list = count(rows).map(spec.rowOf)
      const { ids } = await read()
      expect(ids).toEqual(idsOf(bench.state.list))
      expect(new Set(ids).size).toBe(rows)
      expect(bench.state.requests).toBeLessThanOrEqual(Math.ceil(rows / (PAGE_SIZE - 1)) + 1)
    },
  )

  it.each([
    ['a row is added at the front', (list: unknown[]) => list.unshift(spec.rowOf(99))],
    ['a row is removed from the front', (list: unknown[]) => list.shift()],
    ['a whole page is removed', (list: unknown[]) => list.splice(0, PAGE_SIZE)],
    ['a row is added at the end', (list: unknown[]) => list.push(spec.rowOf(99))],
  ])('is read without a loss when %s between two pages', async (_what, move) => {
    bench.state.list = count(11).map(spec.rowOf)
    bench.state.before = (request) => request === 2 && move(bench.state.list)
    const { ids } = await read()
    expect(ids).toEqual(expect.arrayContaining(idsOf(bench.state.list)))
  })

  it('is read without a loss, whatever rows are added and removed meanwhile', async () => {
    const moves = fc.record({ at: fc.nat(12), isGone: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(fc.array(moves, { maxLength: 3 }), async (plan) => {
        bench.reset()
        bench.state.list = count(11).map(spec.rowOf)
        bench.state.before = (request) => {
          const move = plan[request - 2]
          if (!move) return
          // Changes of pages that were read already are not seen; the next run reads them.
          if (move.isGone) bench.state.list.splice(0, 1)
          else bench.state.list.splice(move.at, 0, spec.rowOf(50 + request))
        }
        const { ids } = await read()
        const first = new Set(idsOf(count(11).map(spec.rowOf)))
        const left = idsOf(bench.state.list).filter((id) => first.has(id))
        expect(ids).toEqual(expect.arrayContaining(left))
      }),
      { numRuns: 25 },
    )
  })

  if (!spec.isUnpaged) describe('with a total', () => testTotals({ spec, benchOf: () => bench }))

  it('with rows that cannot be read is read without them, and each has its reason', async () => {
    const broken = [{}, null, 7, 'row', withStatus(9, null)]
    bench.state.list = [spec.rowOf(1), ...broken, spec.rowOf(2)]
    const { ids, pages } = await read()
    expect(ids).toEqual(idsOf([spec.rowOf(1), spec.rowOf(2)]))
    const rejected = new Map(
      pages.flatMap((page) => page.rejected).map(({ raw, ...why }) => [JSON.stringify(raw), why]),
    )
    expect([...rejected.keys()].toSorted()).toEqual(
      broken.map((raw) => JSON.stringify(raw)).toSorted(),
    )
    for (const { code, detail } of rejected.values()) {
      expect(code).toMatch(/^row\./)
      expect(detail).not.toBe('')
    }
  })

  it('has rows with whole minor units, a known status, instants in UTC and the raw row', async () => {
    for (const row of (await read()).rows) {
      expect(Number.isSafeInteger(row.commissionMinor)).toBe(true)
      expect(row.status).not.toBe('unknown')
      expect(new Date(row.eventAt).toISOString()).toBe(row.eventAt)
      expect(bench.state.list).toContainEqual(row.raw)
    }
  })

  it('with an unmapped status has the status unknown and the raw status', async () => {
    bench.state.list = [withStatus(1, 'on_review_2')]
    expect((await read()).rows).toMatchObject([{ status: 'unknown', rawStatus: 'on_review_2' }])
  })

  it('has the same rows when its stored pages are read again', async () => {
    bench.state.list = count(6).map(spec.rowOf)
    for (const page of (await read()).pages) {
      const stored: unknown = JSON.parse(JSON.stringify(page.raw))
      expect(bench.networkAt().readPage(stored)).toEqual(page)
    }
  })

  it('of another window than the requested one is refused', async () => {
    const other = { ...spec.window, from: new Date('2020-01-01'), to: new Date('2020-01-05') }
    const network = bench.networkAt()
    await expect(readAll({ network, spec: { ...spec, window: other } })).rejects.toMatchObject({
      code: 'network.bad-answer',
      isRetryable: false,
    })
  })

  it('is counted by the shared rate limit with each request', async () => {
    let requests = 0
    const beforeRequest = () => {
      requests += 1
      return Promise.resolve()
    }
    await readAll({ network: bench.networkAt({ beforeRequest }), spec })
    expect(requests).toBe(bench.server.received.length)
  })
}

type Bench = Awaited<ReturnType<typeof openBench>>

const testTotals = ({ benchOf, spec }: { benchOf: () => Bench; spec: NetworkSpec }): void => {
  const read = () => readAll({ network: benchOf().networkAt(), spec })

  it('above the number of its rows is refused as incomplete', async () => {
    benchOf().state.total = 9
    await expect(read()).rejects.toMatchObject({ code: 'network.bad-answer', isRetryable: true })
  })

  it('above the number of its rows, once, is read again', async () => {
    const { state } = benchOf()
    state.list = count(6).map(spec.rowOf)
    state.fault = () =>
      state.requests === 1
        ? { json: spec.bodyOf({ rows: state.list.slice(0, 1), total: 6 }) }
        : null
    expect((await read()).ids).toHaveLength(6)
  })

  it('that changes with each request fails, and another run reads the list', async () => {
    const { state } = benchOf()
    state.list = count(11).map(spec.rowOf)
    state.before = (request) => (state.total = 11 - (request % 2))
    await expect(read()).rejects.toMatchObject({ code: 'network.bad-answer' })
  })

  it('that counts a row twice is read to its end', async () => {
    benchOf().state.list = [1, 2, 3, 3, 4, 5].map(spec.rowOf)
    expect((await read()).ids).toHaveLength(5)
  })
}
