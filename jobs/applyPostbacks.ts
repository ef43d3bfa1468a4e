import { createLocalReq } from 'payload'

import { inTransaction } from '../src/ledger/inTransaction.ts'
import { applyPostbacks as apply } from '../src/sync/applyPostbacks.ts'
import { POSTBACKS_CHANNEL } from '../src/sync/storePostback.ts'
import { defineJob } from './defineJob.ts'

const BATCH = 500

/** Applies postbacks that were stored when they came in. Safe to run at any time, and twice. */
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
