import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

/** Ends early when the other side gave up. */
export const untilSlow = async (response: ServerResponse, seconds: number): Promise<void> => {
  const gone = new AbortController()
  const { signal } = gone
  const isOver = () => undefined
  await Promise.race([
    wait(seconds * 1000, undefined, { signal }).catch(isOver),
    once(response, 'close', { signal }).catch(isOver),
  ])
  gone.abort()
}
