const MINUTE_MS = 60_000

/**
 * Creates the request counters of the networks. They use real time, because the simulator's clock
 * may be stopped. A network's limit can be changed, for example removed for a benchmark.
 */
export const createRateLimits = () => {
  const minutes = new Map<string, { startMs: number; count: number }>()
  const limits = new Map<string, number | null>()
  const limitOf = ({ name, perMinute }: Limited): number | null => {
    const own = limits.get(name)
    return own === undefined ? perMinute : own
  }
  return {
    limitOf,
    setLimit: (name: string, perMinute: number | null) => {
      limits.set(name, perMinute)
    },
    /** Counts a request; true if it exceeds the limit. */
    isOverLimit: (network: Limited, nowMs: number = performance.now()): boolean => {
      const last = minutes.get(network.name)
      const isOver = !last || nowMs - last.startMs >= MINUTE_MS
      const minute = isOver ? { startMs: nowMs, count: 0 } : last
      minute.count += 1
      minutes.set(network.name, minute)
      const limit = limitOf(network)
      return limit !== null && minute.count > limit
    },
    reset: () => {
      minutes.clear()
      limits.clear()
    },
  }
}

type Limited = { name: string; perMinute: number | null }
