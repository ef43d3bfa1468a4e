'use client'
import { LiveSwitch } from '../../../src/admin/actions/LiveSwitch.tsx'
import { timesIn } from '../../../src/admin/format/times.ts'
import { TroubleBanner } from '../../../src/admin/layout/TroubleBanner.tsx'
import { usePolled } from '../../../src/admin/actions/usePolled.ts'
import type { NetworkFigures, NetworksOverview } from './loadOverview.ts'
import type { UnattributedList } from '../../../src/cashback/attribution/listUnattributed.ts'
import { NetworkCard } from './NetworkCard.tsx'
import { attentionFirst, headlineOf } from './networkWords.ts'
import { NoNetwork } from './NoNetwork.tsx'
import { RunsTable } from './RunsTable.tsx'
import type { Screen, Viewer } from './screen.ts'
import { UnattributedSection } from './sales/UnattributedSection.tsx'
import { SyncAll } from './SyncAll.tsx'

/** Is each network fresh; whose transaction is this? Read anew every five seconds, until one stops it. */
export const NetworksBoard = ({
  overview,
  readAt,
  transactions,
  timeZone,
  viewer,
}: {
  /** Null: it could not be read. */
  overview: NetworksOverview | null
  /** When the server read it, or tried to. */
  readAt: string
  transactions: UnattributedList | null
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
        <UnattributedSection
          failedAt={transactions === null ? readAt : null}
          initial={transactions}
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
