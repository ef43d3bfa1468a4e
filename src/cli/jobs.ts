import type { Command } from 'commander'

import { jobsOf } from '../../jobs/jobsOf.ts'
import { runJob } from '../server/runJob.ts'
import { addJobsList } from './jobsList.ts'
import { withPayload } from './withPayload.ts'

/** `tributary jobs list`, `tributary jobs run <name>` */
export const addJobs = (program: Command): void => {
  const jobs = program.command('jobs').description('what runs on schedule')
  addJobsList(jobs)
  jobs
    .command('run <name>')
    .description('run one now; exit code 1 when it fails')
    .option('--json', 'print the outcome as JSON')
    .action(async (name: string, { json }: { json?: boolean }) => {
      const outcome = await withPayload((payload) => {
        const job = jobsOf(payload).find((known) => known.name === name)
        if (!job) throw new Error(`No job "${name}".`)
        return runJob({ payload, job, signal: new AbortController().signal })
      })
      const error = outcome.status === 'failed' ? outcome.error.message : undefined
      if (json) console.log(JSON.stringify({ ...outcome, error }))
      else if (outcome.status === 'completed') console.log(JSON.stringify(outcome.report))
      else console.log(error ?? 'Skipped: it is running elsewhere.')
      if (outcome.status === 'failed') process.exitCode = 1
    })
}
