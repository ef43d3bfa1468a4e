import { z } from 'zod'

import { takeTimeFrom } from './clock.ts'

/** How far behind its clock a process is at most, apart from the way there. */
const EVERY_MS = 100

const Told = z.object({ now: z.iso.datetime(), isTicking: z.boolean() })

/**
 * Follows the clock at an address, such as the simulator's `/control/clock`, for as long as the
 * process lives: demo and proofs let months pass in minutes. While nobody answers, time goes on as
 * it was told last.
 *
 * @throws Error nobody answers at the start
 */
export const followClock = async (url: string): Promise<void> => {
  await look(url)
  const next = (): void => {
    setTimeout(() => {
      void look(url)
        .catch(() => undefined)
        .finally(next)
    }, EVERY_MS).unref()
  }
  next()
}

const look = async (url: string): Promise<void> => {
  const response = await fetch(url)
  const { isTicking, now } = Told.parse(await response.json())
  const [at, seenAt] = [Date.parse(now), performance.now()]
  takeTimeFrom(() => (isTicking ? at + performance.now() - seenAt : at))
}
