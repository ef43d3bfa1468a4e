export type Clock = ReturnType<typeof createClock>

/** Creates a clock that can be set, moved and stopped. It ticks by default. */
export const createClock = () => {
  const state = { offsetMs: 0, stoppedAt: null as number | null }
  const nowMs = () => state.stoppedAt ?? Date.now() + state.offsetMs
  return {
    now: () => new Date(nowMs()),
    isTicking: () => state.stoppedAt === null,
    set: ({ now, advanceMs = 0, isTicking = state.stoppedAt === null }: ClockChange) => {
      const requested = (now ? Date.parse(now) : nowMs()) + advanceMs
      const target = Math.min(Math.max(requested, 0), LAST_MS)
      state.offsetMs = target - Date.now()
      state.stoppedAt = isTicking ? null : target
    },
    reset: () => {
      Object.assign(state, { offsetMs: 0, stoppedAt: null })
    },
  }
}

/** The latest valid time of a Date. */
const LAST_MS = 8.64e15

export type ClockChange = {
  now?: string | undefined
  advanceMs?: number | undefined
  isTicking?: boolean | undefined
}
