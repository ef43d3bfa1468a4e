import { defineJob } from '../../src/platform/jobs/defineJob.ts'
import { lookUpDue } from '../../src/payouts/attempts/payDue.ts'

/**
 * Asks providers what became of payouts: those of a process that ended, those in doubt, and those that
 * may still change. Safe to run at any time, and to repeat.
 */
export const lookUpPayouts = defineJob({
  name: 'look-up-payouts',
  kind: 'sync',
  schedule: '* * * * *',

  run: ({ now, payload, signal }) => lookUpDue({ payload, now, signal }),
})
