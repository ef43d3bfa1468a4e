import type { Command } from 'commander'

import { now } from '../clock.ts'
import { readerOf } from '../ledger/readerOf.ts'
import { type JobState, jobStates } from '../operations/jobStates.ts'
import { listWorkers } from '../operations/listWorkers.ts'
import { jobsOf } from '../../jobs/jobsOf.ts'
import { withPayload } from './withPayload.ts'

/** `tributary jobs list [--json]` */
export const addJobsList = (jobs: Command): void => {
  jobs
    .command('list')
    .description('the jobs: schedule, next run and how the last one ended; times in UTC')
    .option('--json', 'print them as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const states = await withPayload(async (payload) => {
        const [db, at] = [await readerOf({ payload }), now()]
        const workers = await listWorkers(db, at)
        return jobStates(db, { jobs: jobsOf(payload), now: at, workers })
      })
      if (json) console.log(JSON.stringify(states))
      else for (const state of states) console.log(lineOf(state))
    })
}

const lineOf = ({ error, lastRun, name, nextRunAt, schedule, status }: JobState): string =>
  [
    name.padEnd(24),
    (schedule ?? 'by hand').padEnd(14),
    `next ${nextRunAt ? minuteOf(nextRunAt) : '-'}`.padEnd(23),
    `${status}${lastRun ? ` ${minuteOf(lastRun)}` : ''}${error ? `: ${error}` : ''}`,
  ].join(' ')

const minuteOf = (iso: string): string => iso.slice(0, 16).replace('T', ' ')
