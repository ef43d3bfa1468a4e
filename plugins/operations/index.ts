import type { Config, Plugin } from 'payload'

import { cleanUp } from '../../jobs/cleanUp.ts'
import { survivePoolErrors } from '../../src/operations/survivePoolErrors.ts'
import { withDesk } from '../desks/withDesk.ts'
import { extendJobs } from '../extendJobs.ts'
import { pauseLane } from './endpoints/pauseLane.ts'
import { runJob } from './endpoints/runJob.ts'
import { stats } from './endpoints/stats.ts'

export type OperationsOptions = {
  /** A monitor that sends it may read figures; nobody may when it is not set. */
  metricsToken: string | undefined
}

/** What runs: the queue in figures, jobs that are asked for, lanes that rest. */
export const operations =
  ({ metricsToken }: OperationsOptions): Plugin =>
  (config: Config): Config => ({
    ...config,
    custom: extendJobs(config, cleanUp),
    admin: withDesk(config.admin, {
      label: 'Queues',
      path: '/queues',
      view: '/plugins/operations/admin/QueuesView#QueuesView',
    }),
    endpoints: [
      ...(config.endpoints ?? []),
      stats({ token: metricsToken }),
      runJob,
      pauseLane('pause'),
      pauseLane('resume'),
    ],
    onInit: async (payload) => {
      await config.onInit?.(payload)
      survivePoolErrors(payload)
    },
  })
