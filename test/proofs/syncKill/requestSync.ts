import { setTimeout as wait } from 'node:timers/promises'

import type { Client } from 'pg'

type Run = { status: string; report: Record<string, string> | null; startedAt: Date }

const JOB = 'sync-networks'
const POLL_MS = 25

/**
 * Requests a run of all networks from the workers of a database, as an admin does. Returns its id.
 */
export const requestSync = async (client: Client): Promise<string> => {
  const { rows } = await client.query<{ id: string }>(
    `insert into job_runs (id, job, status, started_at, created_at, updated_at)
     values (time_ordered_uuid(), $1, 'requested', now(), now(), now()) returning id`,
    [JOB],
  )
  await client.query(`select pg_notify('jobs', '')`)
  return rows[0]?.id ?? ''
}

/** Waits until the status of a run is none of these. */
export const untilNot = async (client: Client, id: string, states: string[]): Promise<Run> => {
  for (;;) {
    const { rows } = await client.query<Run>(
      'select status::text, report, started_at as "startedAt" from job_runs where id = $1',
      [id],
    )
    const [run] = rows
    if (!run) throw new Error(`The run ${id} does not exist.`)
    if (!states.includes(run.status)) return run
    await wait(POLL_MS)
  }
}

/**
 * Requests runs until one that started at `at` or later has read every network to its end. A
 * process follows the simulator's clock with a short delay. Returns the duration of the last run in
 * milliseconds.
 */
export const syncWholly = async (client: Client, at: Date): Promise<number> => {
  for (;;) {
    const id = await requestSync(client)
    await untilNot(client, id, ['requested'])
    const began = performance.now()
    const { report, startedAt } = await untilNot(client, id, ['running'])
    const ends = Object.values(report ?? {})
    const isWhole = ends.length > 0 && ends.every((end) => end === 'completed')
    if (isWhole && startedAt >= at) return performance.now() - began
    // The connection of a killed worker may hold its lock for a moment longer.
    const isBusy = ends.some((end) => end.startsWith('skipped'))
    if (!isBusy && !isWhole) throw new Error(`A run ended with ${JSON.stringify(report)}.`)
    await wait(POLL_MS)
  }
}
