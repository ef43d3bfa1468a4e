import { createLocalReq } from 'payload'

import { releaseDue } from '../src/commissions/releaseDue.ts'
import { inTransaction } from '../src/ledger/inTransaction.ts'
import { defineJob } from './defineJob.ts'

const BATCH = 500

/** Pays commissions whose hold has ended, a batch a transaction. Safe to run at any time, and twice. */
export const releaseCommissions = defineJob({
  name: 'release-commissions',
  schedule: '*/15 * * * *',
  isSingleton: true,

  async run({ now, payload, signal }) {
    let released = 0
    while (!signal.aborted) {
      const req = await createLocalReq({}, payload)
      const paid = await inTransaction(req, () => releaseDue(req, { limit: BATCH, now }))
      released += paid
      if (paid < BATCH) break
    }
    return { released }
  },
})
