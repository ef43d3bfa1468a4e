import { ageInWords } from '../../../src/admin/format/ageInWords.ts'
import { formatCount } from '../../../src/admin/format/counts.ts'
import { Scroll } from '../../../src/admin/layout/Scroll.tsx'
import { SectionHead } from '../../../src/admin/layout/SectionHead.tsx'
import { StatusPill } from '../../../src/admin/status/StatusPill.tsx'
import { labelOf } from '../../../src/domain/labels.ts'
import { channelName } from '../../../src/messaging/channelName.ts'
import { LANES } from '../../../src/messaging/types.ts'
import type { OperationsStats } from '../../../src/operations/operationsStats.ts'
import type { LaneRow } from '../../../src/messaging/outbox/stats.ts'
import { LaneSwitch } from './LaneSwitch.tsx'
import { laneState } from './queueWords.ts'
import { Sparkline } from './Sparkline.tsx'

const NUMBERS = ['Waiting', 'Sending', 'Oldest', '95 % within', 'Last hour']

/** Each lane over each channel, in the order in which they overtake one another. */
export const LanesTable = ({ onDone, stats }: { onDone: () => void; stats: OperationsStats }) => {
  const isSent = stats.workers.some(
    ({ isAlive, kinds }) => isAlive && kinds.includes('notifications'),
  )
  return (
    <>
      <SectionHead note="Per channel; a lane rests over both">
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
                      <td className="t-lanes__switch" rowSpan={2}>
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
  const state = laneState(row, isSent)
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
      <td className="t-num">{ageInWords(row.oldestSeconds)}</td>
      <td className="t-num">{row.p95Seconds === null ? '—' : withinWords(row.p95Seconds)}</td>
      <td className="t-num">{formatCount(row.sentLastHour)}</td>
      <td>
        <Sparkline isBad={state === 'slow' || state === 'no-worker'} perMinute={row.perMinute} />
      </td>
      <td className={row.dead > 0 ? 't-num t-strong t-fail' : 't-num'}>{formatCount(row.dead)}</td>
      {children}
    </tr>
  )
}

const withinWords = (seconds: number): string =>
  seconds < 10 ? `${seconds.toFixed(1)} s` : ageInWords(seconds)

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
      <td className="t-num">{ageInWords(inbound.oldestSeconds)}</td>
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
