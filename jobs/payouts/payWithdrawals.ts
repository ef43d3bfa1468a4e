import { defineJob } from '../../src/platform/jobs/defineJob.ts'
import { payDue } from '../../src/payouts/attempts/payDue.ts'

/** Pays approved withdrawals through their drivers. Safe to run at any time, and to repeat. */
export const payWithdrawals = defineJob({
  name: 'pay-withdrawals',
  kind: 'sync',
  schedule: '* * * * *',

  run: ({ now, payload, signal }) => payDue({ payload, now, signal }),
})
