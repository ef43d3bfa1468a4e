import type { Payload } from 'payload'

/** How long aborted requests are counted before one line names their number. */
const EVERY_MS = 10_000

/**
 * Returns what counts a request that its client ended before the body was whole. They are logged
 * together, one line in ten seconds: thousands of connections can end at once, and a line for each
 * would hold up all other requests.
 */
export const logAborts = (logger: Pick<Payload['logger'], 'info'>): (() => void) => {
  let count = 0
  return () => {
    count += 1
    if (count > 1) return
    setTimeout(() => {
      logger.info({ msg: 'requests ended before their body', count })
      count = 0
    }, EVERY_MS).unref()
  }
}
