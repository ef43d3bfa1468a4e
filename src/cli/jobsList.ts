import type { Command } from 'commander'

import { now } from '../platform/clock.ts'
import { readDb } from '../database/readDb.ts'
import { type JobState, loadJobStates } from '../operations/jobStates.ts'
import { listWorkers } from '../operations/listWorkers.ts'
import { registeredJobs } from '../platform/jobs/defineJob.ts'
import { withPayload } from './withPayload.ts'

/** `tributary jobs list [--json]` */
export const addJobsList = (jobs: Command): void => {
  jobs
    .command('list')
    .description('the jobs: schedule, next run and how the last one ended; times in UTC')
    .option('--json', 'print them as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const states = await withPayload(async (payload) => {
        const [db, at] = [await readDb({ payload }), now()]
        const workers = await listWorkers(db, at)
        return loadJobStates(db, { jobs: registeredJobs(payload), now: at, workers })
      })
      if (json) console.log(JSON.stringify(states))
      else for (const state of states) console.log(formatState(state))
    })
}

const formatState = ({ error, lastRun, name, nextRunAt, schedule, status }: JobState): string =>
  [
    name.padEnd(24),
    (schedule ?? 'by hand').padEnd(14),
    `next ${nextRunAt ? formatMinute(nextRunAt) : '-'}`.padEnd(23),
    `${status}${lastRun ? ` ${formatMinute(lastRun)}` : ''}${error ? `: ${error}` : ''}`,
  ].join(' ')

const formatMinute = (iso: string): string => iso.slice(0, 16).replace('T', ' ')
