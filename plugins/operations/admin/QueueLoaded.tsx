import type { PayloadRequest } from 'payload'

import { timesIn } from '../../../src/admin/times.ts'
import { now } from '../../../src/clock.ts'
import { readerOf } from '../../../src/ledger/readerOf.ts'
import { operationsStats } from '../../../src/operations/operationsStats.ts'
import { jobsOf } from '../../../jobs/jobsOf.ts'
import { QueueMonitor } from './QueueMonitor.tsx'

/** The monitor with its first figures, so that nothing jumps when it begins to poll. */
export const QueueLoaded = async ({ req }: { req: PayloadRequest }) => {
  const { payload, user } = req
  const initial = await operationsStats(await readerOf({ payload }), {
    jobs: jobsOf(payload),
    now: now(),
  })
  const person = user?.collection === 'users' ? user : null
  return <QueueMonitor initial={initial} timeZone={timesIn(person?.timeZone).timeZone} />
}
