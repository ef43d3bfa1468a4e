import { Sign } from '../status/Sign.tsx'
import type { Times } from '../format/times.ts'
import type { Trouble } from '../actions/usePolled.ts'

/** Over figures that could not be read anew: since when, why, and a way to try again. */
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
      No new figures since {times.clock(trouble.since)}. {trouble.words} What you see is older.
      {trouble.requestId && <span className="t-code"> Request {trouble.requestId}</span>}
    </span>
    <button className="t-button" onClick={onRetry} type="button">
      Try again
    </button>
  </div>
)
