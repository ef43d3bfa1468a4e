import { setTimeout as sleep } from 'node:timers/promises'

/** Waits so long, or until the signal: a run that is told to stop does not sit out a rate limit. */
export const rest = async (ms: number, signal: AbortSignal): Promise<void> => {
  await sleep(ms, undefined, { signal }).catch(() => undefined)
}
