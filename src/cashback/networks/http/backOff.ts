import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Waits for `ms` milliseconds, or until the signal aborts: a stopped run does not wait out a rate
 * limit.
 */
export const backOff = async (ms: number, signal: AbortSignal): Promise<void> => {
  await sleep(ms, undefined, { signal }).catch(() => undefined)
}

/**
 * Settles with the promise, or rejects with the signal's reason as soon as it aborts. For promises
 * that cannot be cancelled.
 */
export const raceAbort = async <Value>(
  promise: Promise<Value>,
  signal: AbortSignal,
): Promise<Value> => {
  let stop: () => void = () => undefined
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason as Error)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
