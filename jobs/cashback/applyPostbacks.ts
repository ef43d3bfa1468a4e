import { createLocalReq } from 'payload'

import { inTransaction } from '../../src/database/inTransaction.ts'
import { applyPostbacks as apply } from '../../src/cashback/ingestion/postbacks/applyPostbacks.ts'
import { POSTBACKS_CHANNEL } from '../../src/cashback/ingestion/postbacks/storePostback.ts'
import { defineJob } from '../../src/platform/jobs/defineJob.ts'

const BATCH = 500

/** Applies the stored postbacks. Safe to run at any time, and to repeat. */
export const applyPostbacks = defineJob({
  name: 'apply-postbacks',
  kind: 'sync',
  schedule: '* * * * *',
  wakeOn: POSTBACKS_CHANNEL,

  async run({ now, payload, signal }) {
    const total = { applied: 0, ignored: 0, failed: 0 }
    while (!signal.aborted) {
      const req = await createLocalReq({}, payload)
      const done = await inTransaction(req, () => apply(req, { limit: BATCH, now }))
      total.applied += done.applied
      total.ignored += done.ignored
      total.failed += done.failed
      if (done.applied + done.ignored + done.failed === 0) break
    }
    return total
  },
})
