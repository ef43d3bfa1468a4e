import { ShimmerEffect } from '@payloadcms/ui'
import type { AdminViewServerProps } from 'payload'
import { Suspense } from 'react'

import { AdminView } from '../../adminViews/AdminView.tsx'
import { Desk } from './Desk.tsx'

/** `/admin/withdrawals`: which withdrawals can be paid safely, first to last, and the bank files. */
export const WithdrawalsView = (view: AdminViewServerProps) => (
  <AdminView
    audience="staff"
    className="t-desk"
    label="Withdrawals"
    path="/withdrawals"
    view={view}
  >
    <Suspense fallback={<DeskLoading />}>
      <Desk query={view.searchParams ?? {}} req={view.initPageResult.req} />
    </Suspense>
  </AdminView>
)

/** Placeholders in the sizes of the loaded parts. */
const DeskLoading = () => (
  <div aria-busy="true" aria-label="Loading withdrawals" className="t-loading">
    <ShimmerEffect height={64} width="100%" />
    <ShimmerEffect height={30} width="100%" />
    <ShimmerEffect height={480} width="100%" />
  </div>
)
