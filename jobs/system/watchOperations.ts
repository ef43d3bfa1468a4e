import { createLocalReq } from 'payload'

import { inTransaction } from '../../src/database/inTransaction.ts'
import { type AlertOptions, notifyAlerts } from '../../src/operations/alerts/notifyAlerts.ts'
import { defineJob } from '../../src/platform/jobs/defineJob.ts'

/**
 * Notifies admins every hour of overdue withdrawals, mismatches and messages that were not
 * delivered: of each kind once a day.
 */
export const watchOperations = defineJob({
  name: 'watch-operations',
  kind: 'maintenance',
  schedule: '40 * * * *',
  isSingleton: true,

  async run({ now, payload }) {
    const options = payload.config.custom.alerts as AlertOptions
    const req = await createLocalReq({}, payload)
    const alerts = await inTransaction(req, () => notifyAlerts(req, { ...options, now }))
    return Object.fromEntries(alerts.map(({ count, kind }) => [kind, count]))
  },
})
