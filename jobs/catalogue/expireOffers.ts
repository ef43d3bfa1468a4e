import { expireOffers as expire } from '../../src/catalogue/expireOffers.ts'
import { defineJob } from '../../src/platform/jobs/defineJob.ts'

/** Deactivates ended offers every night, and raises the version of the catalogue. */
export const expireOffers = defineJob({
  name: 'expire-offers',
  kind: 'maintenance',
  schedule: '0 2 * * *',
  isSingleton: true,

  run: ({ now, payload }) => expire(payload, now),
})
