import { formatCount } from '../../../src/admin/format/counts.ts'
import { Panel } from '../../../src/admin/layout/Panel.tsx'
import { channelName } from '../../../src/messaging/channelName.ts'
import type { Failure } from '../../../src/messaging/outbox/stats.ts'
import { describeReason } from './describeReason.ts'

const MAX_REASONS = 8

/** The failures of open messages by reason, those with the most dead letters first. */
export const Failures = ({ failures }: { failures: Failure[] }) => (
  <Panel aside={<span className="t-muted">open messages</span>} title="Failures by reason">
    {failures.length === 0 && <p className="t-muted">No open message has failed.</p>}
    <ul className="t-queues__list">
      {failures.slice(0, MAX_REASONS).map((failure) => (
        <li key={`${failure.channel} ${failure.reason}`}>
          <span>
            {describeReason(failure.reason)}
            <span className="t-sub">
              <span className="t-code">{failure.reason}</span>, {channelName(failure.channel)}
            </span>
          </span>
          <span className="t-num">
            {formatParts(failure).map((part) => (
              <span className={part.endsWith('dead') ? 't-fail' : 't-muted'} key={part}>
                {part}
              </span>
            ))}
          </span>
        </li>
      ))}
    </ul>
    {failures.length > MAX_REASONS && (
      <p className="t-foot">{formatCount(failures.length - MAX_REASONS)} more reasons.</p>
    )}
  </Panel>
)

const formatParts = ({ dead, retrying, unknown }: Failure): string[] =>
  (
    [
      [dead, 'dead'],
      [retrying, 'retrying'],
      [unknown, 'unknown'],
    ] as const
  ).flatMap(([count, word]) => (count > 0 ? [`${formatCount(count)} ${word}`] : []))
