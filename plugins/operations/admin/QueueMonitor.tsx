'use client'
import { LiveSwitch } from '../../../src/admin/actions/LiveSwitch.tsx'
import { timesIn } from '../../../src/admin/format/times.ts'
import { TroubleBanner } from '../../../src/admin/layout/TroubleBanner.tsx'
import { usePolled } from '../../../src/admin/actions/usePolled.ts'
import type { OperationsStats } from '../../../src/operations/operationsStats.ts'
import { DeadLetters } from './DeadLetters.tsx'
import { Failures } from './Failures.tsx'
import { LanesTable } from './LanesTable.tsx'
import { NextRuns } from './NextRuns.tsx'
import { formatHeadline } from './describeQueues.ts'
import { SummaryStrip } from './SummaryStrip.tsx'
import { Workers } from './Workers.tsx'

/** The state of lanes, jobs and workers, and the dead letters. Updated every five seconds, unless stopped. */
export const QueueMonitor = ({
  initial,
  timeZone,
}: {
  initial: OperationsStats
  timeZone: string
}) => {
  const polled = usePolled(initial, { path: '/v1/queue/stats', role: 'an admin' })
  const { figures: stats, refresh, trouble } = polled
  const times = timesIn(timeZone)
  return (
    <>
      <div className="t-view__head">
        <h1>Queues</h1>
        <div className="t-view__live">
          <LiveSwitch at={stats.at} polled={polled} times={times} />
        </div>
      </div>
      <p aria-live="polite" className="t-view__lede">
        {formatHeadline(stats)}
      </p>
      {trouble && <TroubleBanner onRetry={refresh} times={times} trouble={trouble} />}
      <SummaryStrip stats={stats} />
      <LanesTable onDone={refresh} stats={stats} />
      <div className="t-cols t-queues__cols">
        <div>
          <DeadLetters onDone={refresh} stats={stats} times={times} />
        </div>
        <div className="t-side">
          <Failures failures={stats.failures} />
          <NextRuns onDone={refresh} stats={stats} times={times} />
          <Workers workers={stats.workers} />
        </div>
      </div>
    </>
  )
}
