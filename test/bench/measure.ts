/** One measured figure. `raw` is the same work in the same run without the product. */
export type Figure = {
  name: string
  unit: string
  /** Median of three. */
  ours: number
  raw: number | null
  /** The goal as text, and whether this run reached it. */
  goal: string
  isMet: boolean
}

export const median = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** Runs `count` pieces of work, `width` at a time. Returns how many were done per second. */
export const measureRate = async (
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

/**
 * Measures two variants alternately, three times each, so that noise affects both. Returns medians.
 */
export const measureInTurn = async (
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
