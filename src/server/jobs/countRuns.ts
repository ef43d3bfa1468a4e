import { Counter, Histogram, type Registry } from 'prom-client'

import type { Job } from '../../platform/jobs/defineJob.ts'

/** Wraps a worker's jobs so that its metrics count their runs and durations. */
export const countRuns = (registry: Registry): ((job: Job) => Job) => {
  const runs = new Counter({
    name: 'tributary_job_runs_total',
    help: 'Runs of jobs that ended in this worker.',
    labelNames: ['job', 'status'],
    registers: [registry],
  })
  const seconds = new Histogram({
    name: 'tributary_job_seconds',
    help: 'How long a run took.',
    labelNames: ['job'],
    buckets: [0.01, 0.1, 1, 10, 60, 600],
    registers: [registry],
  })
  return (job) => ({
    ...job,
    run: async (context) => {
      const stop = seconds.startTimer({ job: job.name })
      let status = 'failed'
      try {
        const report = await job.run(context)
        status = 'completed'
        return report
      } finally {
        stop()
        runs.inc({ job: job.name, status })
      }
    },
  })
}
