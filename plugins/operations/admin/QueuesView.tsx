import { ShimmerEffect } from '@payloadcms/ui'
import type { AdminViewServerProps, PayloadRequest } from 'payload'
import { Suspense } from 'react'

import { timesIn } from '../../../src/admin/format/times.ts'
import { readDb } from '../../../src/database/readDb.ts'
import { loadOperationsStats } from '../../../src/operations/operationsStats.ts'
import { now } from '../../../src/platform/clock.ts'
import { registeredJobs } from '../../../src/platform/jobs/defineJob.ts'
import { AdminView } from '../../adminViews/AdminView.tsx'
import { QueueMonitor } from './QueueMonitor.tsx'

/** `/admin/queues`: the state of the outbox, the jobs and the workers. */
export const QueuesView = (view: AdminViewServerProps) => (
  <AdminView label="Queues" path="/queues" view={view}>
    <Suspense fallback={<QueueLoading />}>
      <QueueLoaded req={view.initPageResult.req} />
    </Suspense>
  </AdminView>
)

/**
 * Renders the first figures on the server, so that the layout does not jump when polling begins.
 */
const QueueLoaded = async ({ req }: { req: PayloadRequest }) => {
  const { payload, user } = req
  const initial = await loadOperationsStats(await readDb({ payload }), {
    jobs: registeredJobs(payload),
    now: now(),
  })
  const person = user?.collection === 'users' ? user : null
  return <QueueMonitor initial={initial} timeZone={timesIn(person?.timeZone).timeZone} />
}

/** Placeholders in the sizes of the loaded parts. */
const QueueLoading = () => (
  <div aria-busy="true" aria-label="Loading the figures" className="t-loading">
    <ShimmerEffect height={52} width="100%" />
    <ShimmerEffect height={86} width="100%" />
    <ShimmerEffect height={330} width="100%" />
    <ShimmerEffect height={240} width="100%" />
  </div>
)
