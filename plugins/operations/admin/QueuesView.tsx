import type { AdminViewServerProps } from 'payload'
import { Suspense } from 'react'

import { AdminView } from '../../adminViews/AdminView.tsx'
import { QueueLoading } from './QueueLoading.tsx'
import { QueueLoaded } from './QueueLoaded.tsx'

/** `/admin/queues`: does everything flow, and what must be retried? */
export const QueuesView = (view: AdminViewServerProps) => (
  <AdminView className="t-queues" label="Queues" path="/queues" view={view}>
    <Suspense fallback={<QueueLoading />}>
      <QueueLoaded req={view.initPageResult.req} />
    </Suspense>
  </AdminView>
)
