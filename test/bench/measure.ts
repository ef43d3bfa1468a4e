/** One measured figure beside the raw database doing the same work, in the same run. */
export type Figure = {
  name: string
  unit: string
  /** Median of three. */
  ours: number
  raw: number | null
  /** What is aimed at, in words, and whether this run reached it. */
  goal: string
  isMet: boolean
}

export const median = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** Runs `count` pieces of work, `width` at a time, and answers how many were done in a second. */
export const perSecond = async (
  count: number,
  width: number,
  work: (index: number, lane: number) => Promise<unknown>,
): Promise<number> => {
  let next = 0
  const started = performance.now()
  const lane = async (number: number) => {
    while (next < count) {
      const index = next
      next += 1
      await work(index, number)
    }
  }
  await Promise.all(Array.from({ length: width }, (_, number) => lane(number)))
  return Math.round(count / ((performance.now() - started) / 1000))
}

/** Measures two kinds of the same work by turns, three times each, so that noise hits both. */
export const byTurns = async (
  ours: () => Promise<number>,
  raw: () => Promise<number>,
): Promise<{ ours: number; raw: number }> => {
  const figures: { ours: number[]; raw: number[] } = { ours: [], raw: [] }
  for (let turn = 0; turn < 3; turn += 1) {
    figures.raw.push(await raw())
    figures.ours.push(await ours())
  }
  return { ours: median(figures.ours), raw: median(figures.raw) }
}

export const percentOf = (part: number, whole: number): number => Math.round((part / whole) * 100)
