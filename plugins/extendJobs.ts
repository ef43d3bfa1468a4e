import type { Config } from 'payload'

import type { Job } from '../jobs/defineJob.ts'

/** A config's custom part with jobs added to those that it has; workers run what they find there. */
export const extendJobs = (config: Config, ...jobs: Job[]): NonNullable<Config['custom']> => ({
  ...config.custom,
  jobs: [...((config.custom?.jobs ?? []) as Job[]), ...jobs],
})
