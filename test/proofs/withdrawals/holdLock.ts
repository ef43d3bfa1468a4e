import { setTimeout as wait } from 'node:timers/promises'

import { Client } from 'pg'

import { withDeadline } from './withDeadline.ts'

export type HeldLock = {
  /** Resolves with the name of the process that waits for the lock, within a transaction or not. */
  untilBlocked: () => Promise<string>
  release: () => Promise<void>
}

const POLL_MS = 10

/**
 * Takes locks by a statement and holds them, so that a process waits where it needs them. Processes
 * are named by their `application_name`.
 */
export const holdLock = async (
  databaseUrl: string,
  text: string,
  values: unknown[],
): Promise<HeldLock> => {
  const client = new Client({ connectionString: databaseUrl })
  // Within the transaction of `client` the list of sessions would stay as it first was.
  const watcher = new Client({ connectionString: databaseUrl })
  await Promise.all([client.connect(), watcher.connect()])
  await client.query('begin')
  const { rowCount, rows } = await client.query<{ pid: number }>(
    `with locked as (${text}) select pg_backend_pid() as pid from locked`,
    values,
  )
  const pid = rows[0]?.pid
  if (!rowCount || pid === undefined) throw new Error(`Nothing was locked by: ${text}`)
  const findBlocked = async (): Promise<string> => {
    for (;;) {
      const { rows: blocked } = await watcher.query<{ name: string }>(
        `select application_name as name from pg_stat_activity
         where $1::int = any(pg_blocking_pids(pid)) and application_name ~ '^w[0-9]+$' limit 1`,
        [pid],
      )
      if (blocked[0]) return blocked[0].name
      await wait(POLL_MS)
    }
  }
  return {
    untilBlocked: () => withDeadline(findBlocked(), `a process that waits for: ${text}`),
    release: async () => {
      await client.query('rollback')
      await Promise.all([client.end(), watcher.end()])
    },
  }
}
