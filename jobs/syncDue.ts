import { createLocalReq } from 'payload'

import { inTransaction } from '../src/ledger/inTransaction.ts'
import { transactionOf } from '../src/ledger/transactionOf.ts'
import { requestDue } from '../src/sync/requestDue.ts'
import { defineJob } from './defineJob.ts'

/** Asks for the networks whose time has come, beside the daily run. Safe to run at any time. */
export const syncDue = defineJob({
  name: 'sync-due',
  kind: 'sync',
  schedule: '*/15 * * * *',
  isSingleton: true,

  async run({ now, payload }) {
    const req = await createLocalReq({}, payload)
    return {
      asked: await inTransaction(req, async () => requestDue(await transactionOf(req), now)),
    }
  },
})
