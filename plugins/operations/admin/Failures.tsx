import { formatCount } from '../../../src/admin/format/counts.ts'
import { Panel } from '../../../src/admin/layout/Panel.tsx'
import { channelName } from '../../../src/messaging/channelName.ts'
import type { Failure } from '../../../src/messaging/outbox/stats.ts'
import { reasonWords } from './reasonWords.ts'

const MOST = 8

/** What stands in the way, by its cause, the deadliest first. */
export const Failures = ({ failures }: { failures: Failure[] }) => (
  <Panel aside={<span className="t-muted">open messages</span>} title="Failures by reason">
    {failures.length === 0 && <p className="t-muted">Nothing failed that is not settled.</p>}
    <ul className="t-queues__list">
      {failures.slice(0, MOST).map((failure) => (
        <li key={`${failure.channel} ${failure.reason}`}>
          <span>
            {reasonWords(failure.reason)}
            <span className="t-sub">
              <span className="t-code">{failure.reason}</span>, {channelName(failure.channel)}
            </span>
          </span>
          <span className="t-num">
            {partsOf(failure).map((part) => (
              <span className={part.endsWith('dead') ? 't-fail' : 't-muted'} key={part}>
                {part}
              </span>
            ))}
          </span>
        </li>
      ))}
    </ul>
    {failures.length > MOST && (
      <p className="t-foot">{formatCount(failures.length - MOST)} more reasons.</p>
    )}
  </Panel>
)

const partsOf = ({ dead, retrying, unknown }: Failure): string[] =>
  (
    [
      [dead, 'dead'],
      [retrying, 'tried again'],
      [unknown, 'unknown'],
    ] as const
  ).flatMap(([count, word]) => (count > 0 ? [`${formatCount(count)} ${word}`] : []))
