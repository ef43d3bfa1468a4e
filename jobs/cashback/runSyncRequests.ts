import { runSyncRequests } from '../../src/cashback/ingestion/sync/runSyncRequests.ts'
import { defineJob } from '../../src/platform/jobs/defineJob.ts'

/**
 * Runs sync requests: reads networks, or replays their stored pages. Safe in any number of workers.
 * A request that waits for another run is tried again each minute.
 */
export const runSyncRequestsJob = defineJob({
  name: 'run-sync-requests',
  kind: 'sync',
  schedule: '* * * * *',
  wakeOn: 'sync',
  run: ({ payload, signal }) => runSyncRequests({ payload, signal }),
})
