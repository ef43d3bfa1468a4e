/**
 * Ends with what is waited for, or fails with the signal's reason, whichever is first: for waits
 * that cannot be told to stop.
 */
export const unlessAborted = async <Value>(
  waiting: Promise<Value>,
  signal: AbortSignal,
): Promise<Value> => {
  let stop: () => void = () => undefined
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason as Error)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([waiting, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
