import type { Command } from 'commander'

import { registeredJobs } from '../platform/jobs/defineJob.ts'
import { runJob } from '../server/jobs/runJob.ts'
import { addJobsList } from './jobsList.ts'
import { withPayload } from './withPayload.ts'

/** `tributary jobs list`, `tributary jobs run <name>` */
export const addJobs = (program: Command): void => {
  const jobs = program.command('jobs').description('the scheduled jobs')
  addJobsList(jobs)
  jobs
    .command('run <name>')
    .description('run one now; exit code 1 when it fails')
    .option('--json', 'print the outcome as JSON')
    .action(async (name: string, { json }: { json?: boolean }) => {
      const outcome = await withPayload((payload) => {
        const job = registeredJobs(payload).find((known) => known.name === name)
        if (!job) throw new Error(`No job "${name}".`)
        return runJob({ payload, job, signal: new AbortController().signal })
      })
      const error = outcome.status === 'failed' ? outcome.error.message : undefined
      if (json) console.log(JSON.stringify({ ...outcome, error }))
      else if (outcome.status === 'completed') console.log(JSON.stringify(outcome.report))
      else console.log(error ?? 'Skipped: it runs in another process.')
      if (outcome.status === 'failed') process.exitCode = 1
    })
}
