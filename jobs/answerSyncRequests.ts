import { answerRequests } from '../src/sync/answerRequests.ts'
import { defineJob } from './defineJob.ts'

/**
 * Reads networks, or their stored pages, for whoever asked. Safe to run in any number of workers.
 * What waits for another run is tried again each minute.
 */
export const answerSyncRequests = defineJob({
  name: 'answer-sync-requests',
  kind: 'sync',
  schedule: '* * * * *',
  wakeOn: 'sync',
  run: ({ payload, signal }) => answerRequests({ payload, signal }),
})
