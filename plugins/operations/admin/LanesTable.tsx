import { ActionButton } from '../../../src/admin/actions/ActionButton.tsx'
import { ActNow } from '../../../src/admin/actions/ActNow.tsx'
import { formatAge } from '../../../src/admin/format/formatAge.ts'
import { formatSeconds } from '../../../src/admin/format/formatSeconds.ts'
import { formatCount } from '../../../src/admin/format/counts.ts'
import { Scroll } from '../../../src/admin/layout/Scroll.tsx'
import { SectionHead } from '../../../src/admin/layout/SectionHead.tsx'
import { StatusPill } from '../../../src/admin/status/StatusPill.tsx'
import { labelOf } from '../../../src/domain/labels.ts'
import { channelName } from '../../../src/messaging/channelName.ts'
import type { LaneRow } from '../../../src/messaging/outbox/stats.ts'
import { type Lane, LANES } from '../../../src/messaging/types.ts'
import type { OperationsStats } from '../../../src/operations/operationsStats.ts'
import { classifyLane } from './describeQueues.ts'
import { Sparkline } from './Sparkline.tsx'

const NUMBERS = ['Waiting', 'Sending', 'Oldest', '95 % within', 'Last hour']

/** Each lane and channel, in the order of priority. */
export const LanesTable = ({ onDone, stats }: { onDone: () => void; stats: OperationsStats }) => {
  const isSent = stats.workers.some(
    ({ isAlive, kinds }) => isAlive && kinds.includes('notifications'),
  )
  return (
    <>
      <SectionHead note="Per channel. A pause applies to both channels">
        Lanes, in order of priority
      </SectionHead>
      <Scroll label="Lanes">
        <table className="t-table t-lanes">
          <thead>
            <tr>
              <th scope="col">Lane</th>
              <th scope="col">State</th>
              {NUMBERS.map((name) => (
                <th className="t-num" key={name} scope="col">
                  {name}
                </th>
              ))}
              <th scope="col">Per minute</th>
              <th className="t-num" scope="col">
                Dead
              </th>
              <th aria-label="Action" scope="col" />
            </tr>
          </thead>
          {LANES.map((lane) => (
            <tbody key={lane}>
              {stats.lanes
                .filter((row) => row.lane === lane)
                .map((row, index) => (
                  <Row isSent={isSent} key={row.channel} row={row}>
                    {index === 0 && (
                      <td rowSpan={2}>
                        <LaneSwitch isPaused={row.isPaused} lane={lane} onDone={onDone} />
                      </td>
                    )}
                  </Row>
                ))}
            </tbody>
          ))}
          <Inbound inbound={stats.inbound} />
        </table>
      </Scroll>
    </>
  )
}

const Row = ({
  children,
  isSent,
  row,
}: {
  children: React.ReactNode
  isSent: boolean
  row: LaneRow
}) => {
  const state = classifyLane(row, isSent)
  return (
    <tr>
      <th className="t-nowrap" scope="row">
        <b>{labelOf(row.lane)}</b> <span className="t-muted">{channelName(row.channel)}</span>
      </th>
      <td>
        <StatusPill status={state} />
      </td>
      <td className="t-num t-strong">{formatCount(row.pending)}</td>
      <td className="t-num">{formatCount(row.sending)}</td>
      <td className="t-num">{formatAge(row.oldestSeconds)}</td>
      <td className="t-num">{row.p95Seconds === null ? '—' : formatSeconds(row.p95Seconds)}</td>
      <td className="t-num">{formatCount(row.sentLastHour)}</td>
      <td>
        <Sparkline isBad={state === 'slow' || state === 'no-worker'} perMinute={row.perMinute} />
      </td>
      <td className={row.dead > 0 ? 't-num t-strong t-fail' : 't-num'}>{formatCount(row.dead)}</td>
      {children}
    </tr>
  )
}

const Inbound = ({ inbound }: { inbound: OperationsStats['inbound'] }) => (
  <tbody>
    <tr>
      <th className="t-nowrap" scope="row">
        <b>Inbound</b> <span className="t-muted">delivery reports</span>
      </th>
      <td>
        <StatusPill status={(inbound.oldestSeconds ?? 0) > 120 ? 'slow' : 'flowing'} />
      </td>
      <td className="t-num t-strong">{formatCount(inbound.pending)}</td>
      <td className="t-num">—</td>
      <td className="t-num">{formatAge(inbound.oldestSeconds)}</td>
      <td className="t-num">—</td>
      <td className="t-num">—</td>
      <td />
      <td className={inbound.failed > 0 ? 't-num t-strong t-fail' : 't-num'}>
        {formatCount(inbound.failed)}
      </td>
      <td />
    </tr>
  </tbody>
)

/** Pauses a lane after a confirmation, or resumes it at once. */
const LaneSwitch = ({
  isPaused,
  lane,
  onDone,
}: {
  isPaused: boolean
  lane: Lane
  onDone: () => void
}) => {
  const name = labelOf(lane)
  if (isPaused) {
    return (
      <ActNow
        done={`${name} is resumed.`}
        label="Resume"
        name={`Resume ${name}`}
        onDone={onDone}
        path={`/v1/queue/lanes/${lane}/resume`}
      />
    )
  }
  return (
    <ActionButton
      confirmLabel={`Pause ${name}`}
      done={`${name} is paused.`}
      heading={`Pause ${name}?`}
      label="Pause…"
      onDone={onDone}
      path={`/v1/queue/lanes/${lane}/pause`}
      size="small"
      slug={`pause-${lane}`}
    >
      <p>{EFFECTS[lane]}</p>
      <p className="t-muted">
        Messages that are being sent are still sent. All others wait until you resume.
      </p>
    </ActionButton>
  )
}

const EFFECTS: Record<Lane, string> = {
  otp: 'No codes are sent, by SMS or e-mail. Members cannot confirm their numbers.',
  money: 'No messages about money are sent, by SMS or e-mail.',
  bulk: 'Bulk messages wait, by SMS and e-mail. Codes and messages about money are still sent.',
}
