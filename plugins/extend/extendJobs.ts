import type { Config } from 'payload'

import type { Job } from '../../src/platform/jobs/defineJob.ts'

/** Returns the config's `custom` with more jobs. Workers run the jobs that they find there. */
export const extendJobs = (config: Config, ...jobs: Job[]): NonNullable<Config['custom']> => ({
  ...config.custom,
  jobs: [...((config.custom?.jobs ?? []) as Job[]), ...jobs],
})
