/** One for the process: Next carries a copy of this module beside ours. */
const KEY = Symbol.for('tributary.clock')
const shared = globalThis as { [KEY]?: (() => number) | null }

/** The time, for hooks and processes. Rules and jobs never ask: they are given a value. */
export const now = (): Date => new Date(shared[KEY]?.() ?? Date.now())

/** Takes the time from elsewhere from now on: milliseconds since 1970; null takes the world's. */
export const takeTimeFrom = (source: (() => number) | null): void => {
  shared[KEY] = source
}
