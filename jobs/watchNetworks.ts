import { createLocalReq } from 'payload'

import { inTransaction } from '../src/ledger/inTransaction.ts'
import { tellSilence } from '../src/sync/tellSilence.ts'
import { defineJob } from './defineJob.ts'

/**
 * Tells admins of networks that fell silent, once for each silence. Of another kind than reading
 * them, so that it is heard of even where nobody reads.
 */
export const watchNetworks = defineJob({
  name: 'watch-networks',
  kind: 'maintenance',
  schedule: '20 * * * *',
  isSingleton: true,

  async run({ now, payload }) {
    const req = await createLocalReq({}, payload)
    return { silent: await inTransaction(req, () => tellSilence(req, now)) }
  },
})
