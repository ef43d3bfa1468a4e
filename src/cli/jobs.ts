import type { Command } from 'commander'

import type { Job } from '../../jobs/defineJob.ts'
import { runJob } from '../server/runJob.ts'
import { withPayload } from './withPayload.ts'

/** `tributary jobs list`, `tributary jobs run <name>` */
export const addJobs = (program: Command): void => {
  const jobs = program.command('jobs').description('what runs on schedule')
  jobs
    .command('list')
    .description('the jobs and their schedules, in UTC')
    .action(() =>
      withPayload((payload) => {
        for (const { name, schedule } of jobsOf(payload.config.custom)) {
          console.log(`${name.padEnd(24)} ${schedule ?? 'by hand'}`)
        }
        return Promise.resolve()
      }),
    )
  jobs
    .command('run <name>')
    .description('run one now; exit code 1 when it fails')
    .option('--json', 'print the outcome as JSON')
    .action(async (name: string, { json }: { json?: boolean }) => {
      const outcome = await withPayload((payload) => {
        const job = jobsOf(payload.config.custom).find((known) => known.name === name)
        if (!job) throw new Error(`No job "${name}".`)
        return runJob(payload, job, new AbortController().signal)
      })
      const error = outcome.status === 'failed' ? outcome.error.message : undefined
      if (json) console.log(JSON.stringify({ ...outcome, error }))
      else if (outcome.status === 'completed') console.log(JSON.stringify(outcome.report))
      else console.log(error ?? 'Skipped: it is running elsewhere.')
      if (outcome.status === 'failed') process.exitCode = 1
    })
}

const jobsOf = (custom: Record<string, unknown>): Job[] => (custom.jobs ?? []) as Job[]
