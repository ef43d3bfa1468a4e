import type { AdminViewServerProps } from 'payload'
import { Suspense } from 'react'

import { DeskPage } from '../../desks/DeskPage.tsx'
import { QueueLoading } from './QueueLoading.tsx'
import { QueueLoaded } from './QueueLoaded.tsx'

/** `/admin/queues`: does everything flow, and what must be retried? */
export const QueuesView = (view: AdminViewServerProps) => (
  <DeskPage className="t-queues" label="Queues" path="/queues" view={view}>
    <Suspense fallback={<QueueLoading />}>
      <QueueLoaded req={view.initPageResult.req} />
    </Suspense>
  </DeskPage>
)
