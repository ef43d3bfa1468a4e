import { createLocalReq } from 'payload'

import { oldestDue } from '../src/commissions/oldestDue.ts'
import { releaseDue } from '../src/commissions/releaseDue.ts'
import { inTransaction } from '../src/ledger/inTransaction.ts'
import { defineJob } from './defineJob.ts'

const BATCH = 500

/**
 * Pays commissions whose hold has ended, a batch a transaction. Safe to run at any time, and twice.
 * One that cannot be paid does not hold up the others: it is left aside and told.
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
        // The batch goes again one by one, and then without the one that failed alone.
        if (limit === 1) {
          const id = await oldestDue(payload, { except: stuck, now })
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
