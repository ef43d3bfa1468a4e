import { createLocalReq } from 'payload'

import { inTransaction } from '../src/ledger/inTransaction.ts'
import { readerOf } from '../src/ledger/readerOf.ts'
import { applyDeliveryEvents } from '../src/outbox/applyDeliveryEvents.ts'
import { nextEvents } from '../src/outbox/nextEvents.ts'
import { defineJob } from './defineJob.ts'

const BATCH = 1_000

/** Applies delivery reports that were stored when they came in. Safe to run at any time, and twice. */
export const applyInboundEvents = defineJob({
  name: 'apply-inbound-events',
  kind: 'notifications',
  schedule: '* * * * *',
  wakeOn: 'inbound',

  async run({ now, payload, signal }) {
    const total = { applied: 0, ignored: 0, failed: 0 }
    while (!signal.aborted) {
      const req = await createLocalReq({}, payload)
      const done = await inTransaction(req, () => applyDeliveryEvents(req, { limit: BATCH, now }))
      total.applied += done.applied
      total.ignored += done.ignored
      total.failed += done.failed
      const closed = done.applied + done.ignored + done.failed
      if (closed === 0 || closed + done.left < BATCH) break
    }
    return total
  },

  nextDue: async ({ payload }) => nextEvents(await readerOf({ payload })),
})
