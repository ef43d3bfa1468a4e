import type { Config, Plugin } from 'payload'

import { leaveSign } from '../../jobs/leaveSign.ts'
import { extendJobs } from '../extendJobs.ts'

/** In tests and proofs alone: a job by which they see that none is lost. */
export const probe =
  (): Plugin =>
  (config: Config): Config => ({
    ...config,
    custom: extendJobs(config, leaveSign),
  })
