import { readDb } from '../../src/database/readDb.ts'
import { defineJob } from '../../src/platform/jobs/defineJob.ts'
import { applyEvents } from '../../src/payouts/events/applyEvents.ts'
import { findNextEvent } from '../../src/payouts/events/claimEvents.ts'
import { PAYOUT_EVENTS_CHANNEL } from '../../src/payouts/events/storePayoutReports.ts'

/** Applies the stored reports of payout providers. Safe to run at any time, and to repeat. */
export const applyPayoutEvents = defineJob({
  name: 'apply-payout-events',
  kind: 'sync',
  schedule: '* * * * *',
  wakeOn: PAYOUT_EVENTS_CHANNEL,

  run: ({ now, payload, signal }) => applyEvents({ payload, now, signal }),

  nextDue: async ({ now, payload }) => findNextEvent(await readDb({ payload }), now),
})
