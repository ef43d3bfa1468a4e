import fc from 'fast-check'

import { type NetworkSpec, openBench, PAGE_SIZE, readAll } from './networkSpec.ts'

const count = (n: number) => Array.from({ length: n }, (_, at) => at + 1)

/** That a list is read to its end, each row at least once, however it moves meanwhile. */
export const networkLists = (spec: NetworkSpec): void => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(spec)
  })
  beforeEach(() => bench.reset())
  afterAll(() => bench.server.close())

  const read = () => readAll({ network: bench.networkAt(), spec })
  const withStatus = (n: number, word: string | null) => ({
    ...spec.rowOf(n),
    [spec.statusField ?? 'status']: word,
  })
  const idsOf = (raws: unknown[]) =>
    bench
      .networkAt()
      .readPage(spec.bodyOf({ rows: raws, total: raws.length }))
      .rows.map(({ externalId }) => externalId)

  it.each([0, 1, PAGE_SIZE, PAGE_SIZE * 2, 11])('of %i rows is read once, whole', async (rows) => {
    bench.state.list = count(rows).map(spec.rowOf)
    const { ids } = await read()
    expect(ids).toEqual(idsOf(bench.state.list))
    expect(new Set(ids).size).toBe(rows)
    expect(bench.state.asked).toBeLessThanOrEqual(Math.ceil(rows / (PAGE_SIZE - 1)) + 1)
  })

  it.each([
    ['a row comes in front', (list: unknown[]) => list.unshift(spec.rowOf(99))],
    ['a row goes from the front', (list: unknown[]) => list.shift()],
    ['a whole page goes', (list: unknown[]) => list.splice(0, PAGE_SIZE)],
    ['a row comes at the end', (list: unknown[]) => list.push(spec.rowOf(99))],
  ])('loses none when %s between two pages', async (_what, move) => {
    bench.state.list = count(11).map(spec.rowOf)
    bench.state.before = (asked) => asked === 2 && move(bench.state.list)
    const { ids } = await read()
    expect(ids).toEqual(expect.arrayContaining(idsOf(bench.state.list)))
  })

  it('loses none, whatever comes and goes while it is first read', async () => {
    const moves = fc.record({ at: fc.nat(12), isGone: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(fc.array(moves, { maxLength: 3 }), async (plan) => {
        bench.reset()
        bench.state.list = count(11).map(spec.rowOf)
        bench.state.before = (asked) => {
          const move = plan[asked - 2]
          if (!move) return
          // One that comes and one that goes on read pages leave no trace; the next run sees it.
          if (move.isGone) bench.state.list.splice(0, 1)
          else bench.state.list.splice(move.at, 0, spec.rowOf(50 + asked))
        }
        const { ids } = await read()
        const first = new Set(idsOf(count(11).map(spec.rowOf)))
        const left = idsOf(bench.state.list).filter((id) => first.has(id))
        expect(ids).toEqual(expect.arrayContaining(left))
      }),
      { numRuns: 25 },
    )
  })

  if (!spec.isUnpaged) describe('with a total', () => totals({ spec, benchOf: () => bench }))

  it('loses one row by one that cannot be read, and says why', async () => {
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

  it('gives whole minor units, a known state, instants in UTC, and the row as it came', async () => {
    for (const row of (await read()).rows) {
      expect(Number.isSafeInteger(row.commissionMinor)).toBe(true)
      expect(row.status).not.toBe('unknown')
      expect(new Date(row.eventAt).toISOString()).toBe(row.eventAt)
      expect(bench.state.list).toContainEqual(row.raw)
    }
  })

  it('says of a word that it does not know that it does not', async () => {
    bench.state.list = [withStatus(1, 'on_review_2')]
    expect((await read()).rows).toMatchObject([{ status: 'unknown', rawStatus: 'on_review_2' }])
  })

  it('is read again from its stored pages with the same rows', async () => {
    bench.state.list = count(6).map(spec.rowOf)
    for (const page of (await read()).pages) {
      const stored: unknown = JSON.parse(JSON.stringify(page.raw))
      expect(bench.networkAt().readPage(stored)).toEqual(page)
    }
  })

  it('answered for another time than asked is refused', async () => {
    const other = { ...spec.window, from: new Date('2020-01-01'), to: new Date('2020-01-05') }
    const network = bench.networkAt()
    await expect(readAll({ network, spec: { ...spec, window: other } })).rejects.toMatchObject({
      code: 'network.bad-answer',
      isRetryable: false,
    })
  })

  it('takes a place in the shared rate limit for each request', async () => {
    let places = 0
    const beforeRequest = () => {
      places += 1
      return Promise.resolve()
    }
    await readAll({ network: bench.networkAt({ beforeRequest }), spec })
    expect(places).toBe(bench.server.heard.length)
  })
}

type Bench = Awaited<ReturnType<typeof openBench>>

const totals = ({ benchOf, spec }: { benchOf: () => Bench; spec: NetworkSpec }): void => {
  const read = () => readAll({ network: benchOf().networkAt(), spec })

  it('that is shorter than it says is never taken for the whole', async () => {
    benchOf().state.total = 9
    await expect(read()).rejects.toMatchObject({ code: 'network.bad-answer', isRetryable: true })
  })

  it('that is short once is read again', async () => {
    const { state } = benchOf()
    state.list = count(6).map(spec.rowOf)
    state.fault = () =>
      state.asked === 1 ? { json: spec.bodyOf({ rows: state.list.slice(0, 1), total: 6 }) } : null
    expect((await read()).ids).toHaveLength(6)
  })

  it('whose total never stands still is left to another run', async () => {
    const { state } = benchOf()
    state.list = count(11).map(spec.rowOf)
    state.before = (asked) => (state.total = 11 - (asked % 2))
    await expect(read()).rejects.toMatchObject({ code: 'network.bad-answer' })
  })

  it('that has a row twice is read to its end all the same', async () => {
    benchOf().state.list = [1, 2, 3, 3, 4, 5].map(spec.rowOf)
    expect((await read()).ids).toHaveLength(5)
  })
}
