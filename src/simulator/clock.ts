export type Clock = ReturnType<typeof createClock>

/** A time of our own that can be set and moved; it goes on ticking unless told to stand still. */
export const createClock = () => {
  const state = { offsetMs: 0, standsAt: null as number | null }
  const nowMs = () => state.standsAt ?? Date.now() + state.offsetMs
  return {
    now: () => new Date(nowMs()),
    isTicking: () => state.standsAt === null,
    set: ({ now, advanceMs = 0, isTicking = state.standsAt === null }: ClockChange) => {
      const asked = (now ? Date.parse(now) : nowMs()) + advanceMs
      const target = Math.min(Math.max(asked, 0), LAST_MS)
      state.offsetMs = target - Date.now()
      state.standsAt = isTicking ? null : target
    },
    reset: () => {
      Object.assign(state, { offsetMs: 0, standsAt: null })
    },
  }
}

/** Later than this a Date is none. */
const LAST_MS = 8.64e15

export type ClockChange = {
  now?: string | undefined
  advanceMs?: number | undefined
  isTicking?: boolean | undefined
}
