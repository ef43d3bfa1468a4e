'use client'
import { useConfig } from '@payloadcms/ui'

import { ActNow } from '../../../../src/admin/actions/ActNow.tsx'
import { LiveSwitch } from '../../../../src/admin/actions/LiveSwitch.tsx'
import { usePolled } from '../../../../src/admin/actions/usePolled.ts'
import { formatNextRun } from '../../../../src/admin/format/formatNextRun.ts'
import { timesIn } from '../../../../src/admin/format/times.ts'
import { AdminLink } from '../../../../src/admin/layout/AdminLink.tsx'
import { Blank } from '../../../../src/admin/layout/Blank.tsx'
import { TroubleBanner } from '../../../../src/admin/layout/TroubleBanner.tsx'
import type { UnattributedList } from '../../../../src/cashback/attribution/listUnattributed.ts'
import type { NetworkFigures, NetworksOverview } from './loadOverview.ts'
import { NetworkCard } from './NetworkCard.tsx'
import { formatHeadline, sortByAttention } from './describeNetwork.ts'
import { HeldSection } from '../held/HeldSection.tsx'
import { RunsTable } from './RunsTable.tsx'
import { UnattributedSection } from '../unattributed/UnattributedSection.tsx'
import { transactionFilesHref } from '../transactionFiles/transactionFilesHref.ts'
import type { Screen, Viewer } from '../screen.ts'

/** The networks with their freshness, the unattributed transactions and the runs. Updated every five seconds, unless stopped. */
export const NetworksBoard = ({
  overview,
  readAt,
  transactions,
  timeZone,
  viewer,
}: {
  /** Null when it could not be read. */
  overview: NetworksOverview | null
  /** When the server read it, or tried to. */
  readAt: string
  transactions: UnattributedList | null
  timeZone: string
  viewer: Viewer
}) => {
  const failedAt = overview === null ? readAt : null
  const role = 'a member of the staff'
  const polled = usePolled(overview, { path: '/networks/overview', role, failedAt })
  const { figures, refresh, trouble } = polled
  const times = timesIn(timeZone)
  const at = figures?.at ?? readAt
  const screen = { at, times, viewer, onDone: refresh }
  const networks = figures?.networks ?? []
  const shown = figures && networks.length > 0
  return (
    <>
      <div className="t-view__head">
        <h1>Networks &amp; sync</h1>
        <div className="t-view__live">
          <LiveSwitch at={at} polled={polled} times={times} />
          {shown && <SyncAll overview={figures} screen={screen} />}
        </div>
      </div>
      {trouble && <TroubleBanner onRetry={refresh} times={times} trouble={trouble} />}
      {figures && networks.length === 0 && <NoNetwork isAdmin={viewer.isAdmin} />}
      {figures && <HeldSection held={figures.held} screen={screen} />}
      {shown && <Cards networks={networks} screen={screen} />}
      {(shown || !figures) && (
        <UnattributedSection
          failedAt={transactions === null ? readAt : null}
          initial={transactions}
          isPaused={!polled.isLive}
          onDone={refresh}
          screen={screen}
        />
      )}
      {figures && <RunsTable runs={figures.runs} screen={screen} />}
    </>
  )
}

const Cards = ({ networks, screen }: { networks: NetworkFigures[]; screen: Screen }) => (
  <>
    <p aria-live="polite" className="t-view__lede">
      {formatHeadline(networks, screen.at)}
    </p>
    <div className="t-nets">
      {sortByAttention(networks, screen.at).map((network) => (
        <NetworkCard key={network.id} network={network} screen={screen} />
      ))}
    </div>
  </>
)

/** The next scheduled run of all networks, and a button to run it now. */
const SyncAll = ({
  overview: { networks, nextRunAt },
  screen,
}: {
  overview: NetworksOverview
  screen: Screen
}) => {
  const { at, onDone, times, viewer } = screen
  const isAnyOn = networks.some(({ isOn }) => isOn)
  return (
    <>
      {nextRunAt && (
        <span className="t-muted">
          Next run: {formatNextRun(nextRunAt, { now: at, timeZone: times.timeZone })}
        </span>
      )}
      {viewer.mayAct && (
        <ActNow
          done="Requested. A worker reads all networks that have no open request."
          isDisabled={!isAnyOn}
          label="Sync all now"
          name="Sync all networks now"
          onDone={onDone}
          path="/networks/sync"
        />
      )}
    </>
  )
}

/** The empty state before the first network, with the next step. */
const NoNetwork = ({ isAdmin }: { isAdmin: boolean }) => {
  const { config } = useConfig()
  return (
    <Blank title="No network is set up">
      Set the keys of a network, or{' '}
      <AdminLink href={transactionFilesHref(config.routes.admin)}>import a CSV file</AdminLink>.
      This page then shows how fresh each network is, and the unattributed transactions.{' '}
      {isAdmin ? (
        <AdminLink href={`${config.routes.admin}/collections/networks/create`}>
          Set up a network
        </AdminLink>
      ) : (
        'An admin can set up a network.'
      )}
    </Blank>
  )
}
