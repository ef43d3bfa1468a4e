'use client'
import { LiveSwitch } from '../../../src/admin/LiveSwitch.tsx'
import { timesIn } from '../../../src/admin/times.ts'
import { TroubleBanner } from '../../../src/admin/TroubleBanner.tsx'
import { usePolled } from '../../../src/admin/usePolled.ts'
import type { NetworkFigures, NetworksOverview } from './loadOverview.ts'
import type { OrphanList } from '../../../src/orphans/listOrphans.ts'
import { NetworkCard } from './NetworkCard.tsx'
import { attentionFirst, headlineOf } from './networkWords.ts'
import { NoNetwork } from './NoNetwork.tsx'
import { RunsTable } from './RunsTable.tsx'
import type { Screen, Viewer } from './screen.ts'
import { SalesSection } from './sales/SalesSection.tsx'
import { SyncAll } from './SyncAll.tsx'

/** Is each network fresh; whose sale is this? Read anew every five seconds, until one stops it. */
export const NetworksBoard = ({
  overview,
  readAt,
  sales,
  timeZone,
  viewer,
}: {
  /** Null: it could not be read. */
  overview: NetworksOverview | null
  /** When the server read it, or tried to. */
  readAt: string
  sales: OrphanList | null
  timeZone: string
  viewer: Viewer
}) => {
  const polled = usePolled(overview, {
    path: '/networks/overview',
    whom: 'member of the staff',
    failedAt: overview === null ? readAt : null,
  })
  const { figures, refresh, trouble } = polled
  const times = timesIn(timeZone)
  const at = figures?.at ?? readAt
  const screen = { at, times, viewer, onDone: refresh }
  const networks = figures?.networks ?? []
  return (
    <>
      <div className="t-queues__head">
        <h1>Networks &amp; sync</h1>
        <div className="t-queues__live">
          <LiveSwitch at={at} polled={polled} times={times} />
          {figures && networks.length > 0 && <SyncAll overview={figures} screen={screen} />}
        </div>
      </div>
      {trouble && <TroubleBanner onRetry={refresh} times={times} trouble={trouble} />}
      {figures && networks.length === 0 && <NoNetwork isAdmin={viewer.isAdmin} />}
      {networks.length > 0 && <Cards networks={networks} screen={screen} />}
      {(networks.length > 0 || !figures) && (
        <SalesSection
          failedAt={sales === null ? readAt : null}
          initial={sales}
          isResting={!polled.isLive}
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
    <p aria-live="polite" className="t-desk__lede">
      {headlineOf(networks, screen.at)}
    </p>
    <div className="t-nets">
      {attentionFirst(networks, screen.at).map((network) => (
        <NetworkCard key={network.id} network={network} screen={screen} />
      ))}
    </div>
  </>
)
