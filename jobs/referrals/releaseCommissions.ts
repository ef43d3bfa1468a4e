import { createLocalReq } from 'payload'

import { findOldestDue, releaseDue } from '../../src/referrals/releaseDue.ts'
import { inTransaction } from '../../src/database/inTransaction.ts'
import { defineJob } from '../../src/platform/jobs/defineJob.ts'

const BATCH = 500

/**
 * Pays commissions after their hold, one batch per transaction. Safe to run at any time, and twice.
 * A commission that cannot be paid does not stop the others: it is skipped, logged and reported.
 */
export const releaseCommissions = defineJob({
  name: 'release-commissions',
  kind: 'maintenance',
  schedule: '*/15 * * * *',
  isSingleton: true,

  async run({ now, payload, signal }) {
    const stuck: string[] = []
    let released = 0
    let limit = BATCH
    while (!signal.aborted) {
      const req = await createLocalReq({}, payload)
      try {
        const paid = await inTransaction(req, () => releaseDue(req, { except: stuck, limit, now }))
        released += paid
        if (paid < limit) break
      } catch (error) {
        // Retries the batch one by one, then continues without the commission that failed alone.
        if (limit === 1) {
          const id = await findOldestDue(payload, { except: stuck, now })
          if (!id) throw error
          stuck.push(id)
          payload.logger.error({
            msg: 'a commission cannot be released',
            commission: id,
            err: error,
          })
        }
        limit = 1
      }
    }
    return { released, stuck }
  },
})
