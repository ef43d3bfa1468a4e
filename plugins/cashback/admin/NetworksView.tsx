import type { AdminViewServerProps } from 'payload'
import { Suspense } from 'react'

import { AdminView } from '../../adminViews/AdminView.tsx'
import { NetworksLoaded } from './NetworksLoaded.tsx'
import { NetworksLoading } from './NetworksLoading.tsx'

/** `/admin/networks-and-sync`: is each network fresh, and whose transaction is this? */
export const NetworksView = (view: AdminViewServerProps) => (
  <AdminView
    audience="staff"
    className="t-networks"
    label="Networks & sync"
    path="/networks-and-sync"
    view={view}
  >
    <Suspense fallback={<NetworksLoading />}>
      <NetworksLoaded req={view.initPageResult.req} />
    </Suspense>
  </AdminView>
)
