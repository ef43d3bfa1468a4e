import type { State } from '../state.ts'

/** How often due payments are looked for. A change of the clock takes effect as soon. */
const EVERY_MS = 100

/** Settles and returns what is due by the simulator's clock, until the signal aborts. */
export const startAutoSettle = ({ signal, state }: { signal: AbortSignal; state: State }): void => {
  const timer = setInterval(() => state.bank.moveDue(), EVERY_MS)
  timer.unref()
  signal.addEventListener('abort', () => clearInterval(timer), { once: true })
}
