import { setTimeout as wait } from 'node:timers/promises'

import type { Client } from 'pg'

type Run = { status: string; report: Record<string, string> | null; startedAt: Date }

const JOB = 'sync-networks'
const LOOK_MS = 25

/** Asks the workers of a database for a run of all networks, as an admin's request does. */
export const requestSync = async (client: Client): Promise<string> => {
  const { rows } = await client.query<{ id: string }>(
    `insert into job_runs (id, job, status, started_at, created_at, updated_at)
     values (time_ordered_uuid(), $1, 'requested', now(), now(), now()) returning id`,
    [JOB],
  )
  return rows[0]?.id ?? ''
}

/** Waits until a run is no more in one of these states. */
export const untilNot = async (client: Client, id: string, states: string[]): Promise<Run> => {
  for (;;) {
    const { rows } = await client.query<Run>(
      'select status::text, report, started_at as "startedAt" from job_runs where id = $1',
      [id],
    )
    const [run] = rows
    if (!run) throw new Error(`The run ${id} is not there.`)
    if (!states.includes(run.status)) return run
    await wait(LOOK_MS)
  }
}

/**
 * Asks until every network was read to its end, by a process that knows of the instant: it follows
 * the clock a moment behind. Answers how long the last run took, in milliseconds.
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
    // One that is left over from a killed worker may still hold its lock for a moment.
    const isBusy = ends.some((end) => end.startsWith('skipped'))
    if (!isBusy && !isWhole) throw new Error(`A run ended with ${JSON.stringify(report)}.`)
    await wait(LOOK_MS)
  }
}
