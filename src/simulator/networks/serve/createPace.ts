const MINUTE_MS = 60_000

/**
 * Counts requests by the minutes of the world, as the simulator's own clock may stand still. A
 * limit of a network can be another one for a while, such as none for a measurement.
 */
export const createPace = () => {
  const minutes = new Map<string, { startMs: number; count: number }>()
  const limits = new Map<string, number | null>()
  const limitOf = ({ name, perMinute }: Paced): number | null => {
    const own = limits.get(name)
    return own === undefined ? perMinute : own
  }
  return {
    limitOf,
    limit: (name: string, perMinute: number | null) => {
      limits.set(name, perMinute)
    },
    /** Counts a request; true where it is one too many. */
    isTooFast: (network: Paced, nowMs: number = performance.now()): boolean => {
      const last = minutes.get(network.name)
      const isOver = !last || nowMs - last.startMs >= MINUTE_MS
      const minute = isOver ? { startMs: nowMs, count: 0 } : last
      minute.count += 1
      minutes.set(network.name, minute)
      const limit = limitOf(network)
      return limit !== null && minute.count > limit
    },
    forget: () => {
      minutes.clear()
      limits.clear()
    },
  }
}

type Paced = { name: string; perMinute: number | null }
