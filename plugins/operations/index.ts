import type { Config, Plugin } from 'payload'

import { watchOperations } from '../../jobs/system/watchOperations.ts'
import { archiveAudit } from '../../jobs/system/archiveAudit.ts'
import { cleanUp } from '../../jobs/system/cleanUp.ts'
import type { ArchiveOptions } from '../../src/platform/archives/findArchives.ts'
import { ignorePoolErrors } from '../../src/database/pool.ts'
import type { AlertOptions } from '../../src/operations/alerts/notifyAlerts.ts'
import { withAdminView } from '../adminViews/withAdminView.ts'
import { extendJobs } from '../extend/extendJobs.ts'
import { pauseLane } from './endpoints/pauseLane.ts'
import { runJob } from './endpoints/runJob.ts'
import { stats } from './endpoints/stats.ts'

export type OperationsOptions = {
  /** A monitor that sends this token may read the figures; without it only admins may. */
  metricsToken: string | undefined
  /** Where old rows go, and when. */
  archives: ArchiveOptions
  alerts: AlertOptions
}

/** The queue's figures, requested job runs, and paused lanes. */
export const operations =
  ({ alerts, archives, metricsToken }: OperationsOptions): Plugin =>
  (config: Config): Config => ({
    ...config,
    custom: { ...extendJobs(config, cleanUp, archiveAudit, watchOperations), archives, alerts },
    admin: withAdminView(config.admin, {
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
      ignorePoolErrors(payload)
    },
  })
