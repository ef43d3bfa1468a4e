import { applyDueChanges } from '../../src/changes/applyDueChanges.ts'
import { defineJob } from '../../src/platform/jobs/defineJob.ts'

/** Applies the changes of an only admin after their cool-down. */
export const applyChanges = defineJob({
  name: 'apply-changes',
  kind: 'maintenance',
  schedule: '*/5 * * * *',
  isSingleton: true,

  run: ({ now, payload, signal }) => applyDueChanges(payload, { now, signal }),
})
