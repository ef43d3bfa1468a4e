import { setTimeout as wait } from 'node:timers/promises'

const GIVE_UP_MS = 60_000

/** Waits for something that a proof expects. @throws Error it has not come within a minute */
export const withDeadline = async <Result>(
  expected: Promise<Result>,
  what: string,
): Promise<Result> => {
  const over = new AbortController()
  const late = wait(GIVE_UP_MS, undefined, { signal: over.signal }).then(() => {
    throw new Error(`Not reached within ${GIVE_UP_MS / 1000} s: ${what}.`)
  })
  late.catch(() => undefined) // aborted, or thrown by the race below
  try {
    return await Promise.race([expected, late])
  } finally {
    over.abort()
  }
}
