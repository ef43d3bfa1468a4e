import { Sign } from '../../../src/admin/status/Sign.tsx'
import { StatusPill } from '../../../src/admin/status/StatusPill.tsx'
import type { ListTab } from '../../../src/payouts/desk/deskQuery.ts'
import { describeApprovals } from '../../../src/payouts/desk/deskActions.ts'
import { describePayment } from '../../../src/payouts/desk/describePayment.ts'
import type { AssessedRow } from '../../../src/payouts/desk/listDesk.ts'
import { ATTEMPT_LABELS, describeLooks, describeReport } from './describeReport.ts'
import type { DeskScreen } from './deskScreen.ts'

type Props = { row: AssessedRow; screen: DeskScreen; tab: ListTab }

/** What a person should know of a withdrawal in its tab: warnings, reasons, or the state. */
export const NotesCell = ({ row, screen, tab }: Props) => {
  switch (tab) {
    case 'waiting':
      return <Waiting row={row} viewer={screen.viewer} />
    case 'on-hold':
      return <OnHold row={row} />
    case 'to-pay':
      return <ToPay row={row} screen={screen} />
    case 'sent':
    case 'in-doubt':
      return <Underway row={row} />
    case 'paid-late':
      return <PaidLate row={row} />
    case 'done':
      return <Done row={row} />
  }
}

const Waiting = ({ row, viewer }: { row: AssessedRow; viewer: string }) => {
  const approvals = describeApprovals(row, viewer)
  const { notes } = row.assessment
  return (
    <>
      {approvals && (
        <span className="t-pill t-pill--attention">
          <Sign name="shield" size={12} />
          {approvals}
        </span>
      )}
      {notes.length > 0 && (
        <ul className="t-desk__reasons">
          {notes.map(({ text, tone }) => (
            <li className={`is-${tone}`} key={text}>
              {tone !== 'note' && (
                <Sign name={tone === 'blocked' ? 'cross' : 'warning'} size={14} />
              )}
              <span>{text}</span>
            </li>
          ))}
        </ul>
      )}
      {notes.length === 0 && !approvals && <Settled row={row} />}
    </>
  )
}

const Settled = ({ row: { settledCount } }: { row: AssessedRow }) => (
  <span className="t-muted">
    {settledCount === 1 ? '1 withdrawal' : `${settledCount} withdrawals`} settled before
  </span>
)

const OnHold = ({ row: { holdOwner, reason } }: { row: AssessedRow }) => (
  <>
    {reason}
    <span className="t-sub">Owner: {holdOwner ?? 'a former colleague'}</span>
  </>
)

const ToPay = ({ row, screen: { at, drivers } }: Omit<Props, 'tab'>) => {
  const { isStopped, text } = describePayment(row, { drivers, now: at })
  return (
    <>
      {isStopped && <StatusPill status="stopped" word="Stopped" />} {text}
      {row.isAutoApproved && <span className="t-sub">Approved automatically</span>}
    </>
  )
}

const Underway = ({ row: { attempt } }: { row: AssessedRow }) => {
  if (!attempt) return '—'
  return (
    <>
      {ATTEMPT_LABELS[attempt.status]} {attempt.driver}
      {(attempt.detail ?? attempt.code) && <span className="t-sub">{describeReport(attempt)}</span>}
      <span className="t-sub">{describeLooks(attempt.lookCount)}</span>
    </>
  )
}

const PaidLate = ({ row }: { row: AssessedRow }) => (
  <>
    <StatusPill status={row.status} /> {row.attempt?.driver} reports it as paid after its money had
    gone back.
    {row.reason && <span className="t-sub">Before: {row.reason}</span>}
  </>
)

const Done = ({ row: { reason, status } }: { row: AssessedRow }) => (
  <>
    <StatusPill status={status} />
    {reason && <span className="t-sub">{reason}</span>}
  </>
)
