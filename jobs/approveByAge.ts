import { createLocalReq } from 'payload'

import { inTransaction } from '../src/ledger/inTransaction.ts'
import { grantByAge } from '../src/sync/grantByAge.ts'
import { defineJob } from './defineJob.ts'

const BATCH = 500

/** Approves cashback that is old enough, as far as the cashback config allows that. Safe at any time. */
export const approveByAge = defineJob({
  name: 'approve-cashback',
  kind: 'maintenance',
  schedule: '30 2 * * *',
  isSingleton: true,

  async run({ now, payload, signal }) {
    let approved = 0
    while (!signal.aborted) {
      const req = await createLocalReq({}, payload)
      const granted = await inTransaction(req, () => grantByAge(req, { limit: BATCH, now }))
      approved += granted
      if (granted < BATCH) break
    }
    return { approved }
  },
})
