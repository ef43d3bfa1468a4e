import { setTimeout as wait } from 'node:timers/promises'

/**
 * Starts work at a steady pace, also while earlier work is still running. Returns the 99th
 * percentile of the durations in milliseconds. Each duration counts from the moment at which the
 * work was due, so that a stall also counts for the work that it delayed.
 */
export const measureAtPace = async (
  { count, perSecond, width }: { count: number; perSecond: number; width: number },
  work: (index: number, lane: number) => Promise<unknown>,
): Promise<number> => {
  const started = performance.now()
  const dueAt = (index: number) => started + (index * 1_000) / perSecond
  const taken: number[] = []
  let next = 0
  const lane = async (number: number) => {
    while (next < count) {
      const index = next
      next += 1
      const ahead = dueAt(index) - performance.now()
      if (ahead > 0) await wait(ahead)
      await work(index, number)
      taken.push(performance.now() - dueAt(index))
    }
  }
  await Promise.all(Array.from({ length: width }, (_, number) => lane(number)))
  taken.sort((a, b) => a - b)
  return taken[Math.floor(taken.length * 0.99)] ?? Infinity
}
