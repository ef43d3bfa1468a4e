import { createLocalReq } from 'payload'

import { inTransaction } from '../../src/database/inTransaction.ts'
import { notifyStaleNetworks } from '../../src/cashback/ingestion/sync/notifyStaleNetworks.ts'
import { defineJob } from '../../src/platform/jobs/defineJob.ts'

/**
 * Notifies admins of stale networks, once for each time that they become stale. The job has another
 * kind than those that read networks, so that it runs even where no worker reads.
 */
export const watchNetworks = defineJob({
  name: 'watch-networks',
  kind: 'maintenance',
  schedule: '20 * * * *',
  isSingleton: true,

  async run({ now, payload }) {
    const req = await createLocalReq({}, payload)
    return { stale: await inTransaction(req, () => notifyStaleNetworks(req, now)) }
  },
})
