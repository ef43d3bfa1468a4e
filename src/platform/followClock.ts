import { z } from 'zod'

import { setTimeSource } from './clock.ts'

/** The interval between two reads. A process lags behind by this at most, plus the network. */
const INTERVAL_MS = 100

const ClockReply = z.object({ now: z.iso.datetime(), isTicking: z.boolean() })

/**
 * Follows the clock at a URL, such as the simulator's `/control/clock`, for the life of the
 * process: the demo and the proofs let months pass in minutes. While the URL does not answer, the
 * time continues from its last answer.
 *
 * @throws Error when the URL does not respond at the start
 */
export const followClock = async (url: string): Promise<void> => {
  await readClock(url)
  const next = (): void => {
    setTimeout(() => {
      void readClock(url)
        .catch(() => undefined)
        .finally(next)
    }, INTERVAL_MS).unref()
  }
  next()
}

const readClock = async (url: string): Promise<void> => {
  const response = await fetch(url)
  const { isTicking, now } = ClockReply.parse(await response.json())
  const [at, seenAt] = [Date.parse(now), performance.now()]
  setTimeSource(() => (isTicking ? at + performance.now() - seenAt : at))
}
