import { setTimeout as wait } from 'node:timers/promises'

import { Client } from 'pg'

import { isDatabaseAway } from '../database/isDatabaseAway.ts'
import { TAKES_WRITES } from '../database/takesWrites.ts'

type Options = {
  databaseUrl: string
  /** How long to wait at most. */
  seconds: number
  /** Gets a line at the first failure, and one every five seconds. */
  print: (line: string) => void
}

const LOOK_EVERY_MS = 500
const PRINT_EVERY_MS = 5_000
const TIMEOUT_MS = 5_000
const READ_ONLY = 'it takes no writes'

/**
 * Waits until the database takes writes, as it does some seconds after a restart or once a standby
 * has taken over.
 *
 * @throws Error when it does not within the time; at once for an error that waiting does not
 *   change, such as a wrong password
 */
export const waitForDatabase = async ({ databaseUrl, print, seconds }: Options): Promise<void> => {
  const giveUp = Date.now() + seconds * 1000
  let printedAt = 0
  for (;;) {
    const reason = await findReason(databaseUrl)
    if (reason === null) return
    const left = giveUp - Date.now()
    if (left <= 0) {
      throw new Error(`The database was not ready within ${seconds} s: ${reason}.`)
    }
    if (Date.now() - printedAt >= PRINT_EVERY_MS) {
      print(`Waiting for the database: ${reason}. Giving up in ${Math.ceil(left / 1000)} s.`)
      printedAt = Date.now()
    }
    await wait(Math.min(LOOK_EVERY_MS, left))
  }
}

/** Returns why the database takes no writes now; null if it does. */
const findReason = async (connectionString: string): Promise<string | null> => {
  const client = new Client({
    connectionString,
    connectionTimeoutMillis: TIMEOUT_MS,
    query_timeout: TIMEOUT_MS,
  })
  client.on('error', () => undefined) // the query fails as well
  try {
    await client.connect()
    const { rows } = await client.query<{ ok: boolean }>(TAKES_WRITES)
    return rows[0]?.ok ? null : READ_ONLY
  } catch (error) {
    if (!isDatabaseAway(error)) throw error
    const { code, message } = error as Error & { code?: string }
    return message || (code ?? 'it cannot be reached')
  } finally {
    client.end().catch(() => undefined) // it may have ended by itself
  }
}
