/** One clock per process: Next has its own copy of this module. */
const KEY = Symbol.for('tributary.clock')
const shared = globalThis as { [KEY]?: (() => number) | null }

/** The current time, for hooks and processes. Rules and jobs get the time as a value instead. */
export const now = (): Date => new Date(shared[KEY]?.() ?? Date.now())

/** Sets the source of the time, in milliseconds since 1970; null restores the system's clock. */
export const setTimeSource = (source: (() => number) | null): void => {
  shared[KEY] = source
}
