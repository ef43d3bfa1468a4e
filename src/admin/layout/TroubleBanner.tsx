import { Sign } from '../status/Sign.tsx'
import type { Times } from '../format/times.ts'
import type { Trouble } from '../actions/usePolled.ts'

/** Shown above figures that could not be updated: since when, why, and a retry button. */
export const TroubleBanner = ({
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
      No new figures since {times.clock(trouble.since)}. {trouble.reason} The figures below are
      older.
      {trouble.requestId && <span className="t-code"> Request {trouble.requestId}</span>}
    </span>
    <button className="t-button" onClick={onRetry} type="button">
      Try again
    </button>
  </div>
)
