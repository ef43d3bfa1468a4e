import type { PayloadRequest } from 'payload'

import { timesIn } from '../../../src/admin/format/times.ts'
import { now } from '../../../src/platform/clock.ts'
import { readDb } from '../../../src/database/readDb.ts'
import { loadOperationsStats } from '../../../src/operations/operationsStats.ts'
import { registeredJobs } from '../../../src/platform/jobs/defineJob.ts'
import { QueueMonitor } from './QueueMonitor.tsx'

/** The monitor with its first figures, so that nothing jumps when it begins to poll. */
export const QueueLoaded = async ({ req }: { req: PayloadRequest }) => {
  const { payload, user } = req
  const initial = await loadOperationsStats(await readDb({ payload }), {
    jobs: registeredJobs(payload),
    now: now(),
  })
  const person = user?.collection === 'users' ? user : null
  return <QueueMonitor initial={initial} timeZone={timesIn(person?.timeZone).timeZone} />
}
