import { createLocalReq } from 'payload'

import { inTransaction } from '../../src/database/inTransaction.ts'
import { autoApprove } from '../../src/cashback/ingestion/autoApprove.ts'
import { defineJob } from '../../src/platform/jobs/defineJob.ts'

const BATCH = 500

/** Approves cashback that is old enough, where the cashback config allows it. Safe at any time. */
export const approveByAge = defineJob({
  name: 'approve-cashback',
  kind: 'maintenance',
  schedule: '30 2 * * *',
  isSingleton: true,

  async run({ now, payload, signal }) {
    let approved = 0
    while (!signal.aborted) {
      const req = await createLocalReq({}, payload)
      const count = await inTransaction(req, () => autoApprove(req, { limit: BATCH, now }))
      approved += count
      if (count < BATCH) break
    }
    return { approved }
  },
})
