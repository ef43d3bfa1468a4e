'use client'
import { Button } from '@payloadcms/ui'

import { Sign } from '../../../src/admin/Sign.tsx'
import { type Times, timesIn } from '../../../src/admin/times.ts'
import type { OperationsStats } from '../../../src/operations/operationsStats.ts'
import { DeadLetters } from './DeadLetters.tsx'
import { Failures } from './Failures.tsx'
import { LanesTable } from './LanesTable.tsx'
import { NextRuns } from './NextRuns.tsx'
import { headlineOf } from './queueWords.ts'
import { SummaryStrip } from './SummaryStrip.tsx'
import { type Trouble, usePolledStats } from './usePolledStats.ts'
import { Workers } from './Workers.tsx'

/** Does everything flow; what must I retry? Read anew every five seconds, until one stops it. */
export const QueueMonitor = ({
  initial,
  timeZone,
}: {
  initial: OperationsStats
  timeZone: string
}) => {
  const { isLive, refresh, stats, toggle, trouble } = usePolledStats(initial)
  const times = timesIn(timeZone)
  return (
    <>
      <div className="t-queues__head">
        <h1>Queues</h1>
        <div className="t-queues__live">
          <span className={isLive && !trouble ? 't-live' : 't-muted'}>
            {isLive && !trouble ? 'Live, every 5 s · ' : 'As of '}
            {times.clock(stats.at)} {times.zone}
          </span>
          <Button buttonStyle="secondary" margin={false} onClick={toggle} size="small">
            {isLive ? 'Stop updating' : 'Go on updating'}
          </Button>
        </div>
      </div>
      <p aria-live="polite" className="t-desk__lede">
        {headlineOf(stats)}
      </p>
      {trouble && <Banner onRetry={refresh} times={times} trouble={trouble} />}
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

const Banner = ({
  onRetry,
  times,
  trouble,
}: {
  onRetry: () => void
  times: Times
  trouble: Trouble
}) => (
  <div className="t-badge t-badge--bad" role="alert">
    <Sign name="warning" />
    <span>
      No new figures since {times.clock(trouble.since)}. {trouble.words} What you see is older.
      {trouble.requestId && <span className="t-code"> Request {trouble.requestId}</span>}
    </span>
    <button className="t-button" onClick={onRetry} type="button">
      Try again
    </button>
  </div>
)
