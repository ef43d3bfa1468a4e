import { createLocalReq } from 'payload'

import { inTransaction } from '../../src/database/inTransaction.ts'
import { readDb } from '../../src/database/readDb.ts'
import { applyDeliveryEvents } from '../../src/messaging/outbox/deliveryReports.ts'
import { findNextReport } from '../../src/messaging/outbox/inboundEvents.ts'
import { defineJob } from '../../src/platform/jobs/defineJob.ts'

const BATCH = 1_000

/** Applies stored delivery reports. Safe to run at any time, and twice. */
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

  nextDue: async ({ payload }) => findNextReport(await readDb({ payload })),
})
