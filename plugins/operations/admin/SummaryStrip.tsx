import { formatAge } from '../../../src/admin/format/formatAge.ts'
import { formatCount } from '../../../src/admin/format/counts.ts'
import { labelOf } from '../../../src/domain/labels.ts'
import { channelName } from '../../../src/messaging/channelName.ts'
import type { OperationsStats } from '../../../src/operations/operationsStats.ts'
import type { LaneRow } from '../../../src/messaging/outbox/stats.ts'

/** The six most important figures of the queues. */
export const SummaryStrip = ({ stats }: { stats: OperationsStats }) => {
  const { email, lanes, sms, workers } = stats
  const bulk = sumOf(
    lanes.filter(({ lane }) => lane === 'bulk'),
    'pending',
  )
  const oldest = oldestOf(lanes.filter(({ lane }) => lane !== 'bulk'))
  const dead = email.dead + sms.dead
  const alive = workers.filter(({ isAlive }) => isAlive).length
  return (
    <dl className="t-panel t-figures">
      <Figure
        name="Waiting"
        note={`${formatCount(bulk)} are bulk`}
        value={formatCount(email.pending + sms.pending)}
      />
      <Figure
        name="Oldest, without bulk"
        note={oldest ? `${labelOf(oldest.lane)}, ${channelName(oldest.channel)}` : 'none waits'}
        value={formatAge(oldest?.oldestSeconds ?? null)}
      />
      <Figure
        name="Sent, last hour"
        note={`${formatCount(email.sentLastHour)} e-mail, ${formatCount(sms.sentLastHour)} SMS`}
        value={formatCount(email.sentLastHour + sms.sentLastHour)}
      />
      <Figure
        name="Outcome unknown"
        note="wait for the provider’s report"
        value={formatCount(email.unknown + sms.unknown)}
      />
      <Figure
        isBad={dead > 0}
        name="Dead letters"
        note={dead > 0 ? 'wait for a decision' : 'none'}
        value={formatCount(dead)}
      />
      <Figure
        isBad={alive === 0}
        name="Workers"
        note={`of ${formatCount(workers.length)} in the last hour`}
        value={formatCount(alive)}
      />
    </dl>
  )
}

const Figure = ({
  isBad = false,
  name,
  note,
  value,
}: {
  isBad?: boolean
  name: string
  note: string
  value: string
}) => (
  <div>
    <dt>{name}</dt>
    <dd className={isBad ? 't-fail' : undefined}>{value}</dd>
    <dd className="t-sub">{note}</dd>
  </div>
)

const sumOf = (lanes: LaneRow[], name: 'pending'): number =>
  lanes.reduce((sum, lane) => sum + lane[name], 0)

const oldestOf = (lanes: LaneRow[]): LaneRow | undefined =>
  lanes
    .filter(({ oldestSeconds }) => oldestSeconds !== null)
    .sort((a, b) => (b.oldestSeconds ?? 0) - (a.oldestSeconds ?? 0))[0]
