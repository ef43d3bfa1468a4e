import { ShimmerEffect } from '@payloadcms/ui'
import type { AdminViewServerProps, PayloadRequest } from 'payload'
import { Suspense } from 'react'

import { isFinance, roleOf } from '../../../../collections/access.ts'
import { timesIn } from '../../../../src/admin/format/times.ts'
import { listUnattributed } from '../../../../src/cashback/attribution/listUnattributed.ts'
import { now } from '../../../../src/platform/clock.ts'
import { AdminView } from '../../../adminViews/AdminView.tsx'
import { readPart } from '../readPart.ts'
import { loadOverview } from './loadOverview.ts'
import { NetworksBoard } from './NetworksBoard.tsx'
import { TRANSACTIONS_PAGE } from '../unattributed/unattributedPage.ts'

/** `/admin/networks-and-sync`: how fresh each network is, and its unattributed transactions. */
export const NetworksView = (view: AdminViewServerProps) => (
  <AdminView audience="staff" label="Networks & sync" path="/networks-and-sync" view={view}>
    <Suspense fallback={<NetworksLoading />}>
      <NetworksLoaded req={view.initPageResult.req} />
    </Suspense>
  </AdminView>
)

/**
 * Renders the first figures on the server, so that the layout does not jump when polling begins.
 */
const NetworksLoaded = async ({ req }: { req: PayloadRequest }) => {
  const person = req.user?.collection === 'users' ? req.user : null
  const overview = await readPart(req, 'networks', () => loadOverview(req))
  const transactions = await readPart(req, 'unattributed transactions', (db) =>
    listUnattributed(db, { limit: TRANSACTIONS_PAGE, offset: 0 }),
  )
  return (
    <NetworksBoard
      overview={overview}
      readAt={now().toISOString()}
      transactions={transactions}
      timeZone={timesIn(person?.timeZone).timeZone}
      viewer={{
        id: person?.id ?? '',
        mayAct: isFinance(req),
        isAdmin: roleOf(req) === 'admin',
      }}
    />
  )
}

const CARD = 330

/** Placeholders in the sizes of the loaded parts. */
const NetworksLoading = () => (
  <div aria-busy="true" aria-label="Loading networks" className="t-loading">
    <ShimmerEffect height={64} width="100%" />
    <div className="t-nets">
      <ShimmerEffect height={CARD} width="100%" />
      <ShimmerEffect height={CARD} width="100%" />
      <ShimmerEffect height={CARD} width="100%" />
    </div>
    <ShimmerEffect height={260} width="100%" />
    <ShimmerEffect height={240} width="100%" />
  </div>
)
