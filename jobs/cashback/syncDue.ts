import { createLocalReq } from 'payload'

import { inTransaction } from '../../src/database/inTransaction.ts'
import { dbIn } from '../../src/database/dbIn.ts'
import { requestDueSyncs } from '../../src/cashback/ingestion/sync/requestDueSyncs.ts'
import { defineJob } from '../../src/platform/jobs/defineJob.ts'

/** Requests the reading of networks that are due, beside the daily run. Safe to run at any time. */
export const syncDue = defineJob({
  name: 'sync-due',
  kind: 'sync',
  schedule: '*/15 * * * *',
  isSingleton: true,

  async run({ now, payload }) {
    const req = await createLocalReq({}, payload)
    return {
      requested: await inTransaction(req, async () => requestDueSyncs(await dbIn(req), now)),
    }
  },
})
