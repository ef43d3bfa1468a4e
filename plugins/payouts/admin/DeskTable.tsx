import { formatAge } from '../../../src/admin/format/formatAge.ts'
import { AdminLink } from '../../../src/admin/layout/AdminLink.tsx'
import { formatMoney } from '../../../src/domain/money.ts'
import type { ListTab } from '../../../src/payouts/desk/deskQuery.ts'
import type { AssessedRow } from '../../../src/payouts/desk/listDesk.ts'
import { RowActions } from './actions/RowActions.tsx'
import { SelectAll, SelectRow } from './actions/SelectRow.tsx'
import { deskHref, type DeskScreen, secondsSince } from './deskScreen.ts'
import { KIND_LABELS, TIME_LABELS } from './labels.ts'
import { NameMatchNote } from './NameMatchNote.tsx'
import { NotesCell } from './NotesCell.tsx'
import { RiskPill } from './RiskPill.tsx'

type Props = { rows: AssessedRow[]; screen: DeskScreen; tab: ListTab }

/** The tabs with a button in each row. */
const HAS_ACTIONS: readonly ListTab[] = ['in-doubt', 'paid-late']

/** Withdrawals of one state. On a phone each row is a card. */
export const DeskTable = ({ rows, screen, tab }: Props) => {
  const isSelectable = tab === 'waiting' && screen.mayAct
  const hasActions = HAS_ACTIONS.includes(tab) && screen.mayAct
  return (
    <table className="t-table t-desk__table">
      <thead>
        <tr>
          {isSelectable && (
            <th scope="col">
              <SelectAll />
            </th>
          )}
          {tab === 'waiting' && <th scope="col">Risk</th>}
          <th scope="col">Member</th>
          <th className="t-num" scope="col">
            Amount
          </th>
          <th className="t-num" scope="col">
            {TIME_LABELS[tab]}
          </th>
          <th scope="col">{tab === 'waiting' ? 'What to look at' : 'State'}</th>
          {hasActions && <th aria-label="Actions" scope="col" />}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} {...{ hasActions, isSelectable, row, screen, tab }} />
        ))}
      </tbody>
    </table>
  )
}

type RowProps = Omit<Props, 'rows'> & {
  hasActions: boolean
  isSelectable: boolean
  row: AssessedRow
}

const Row = ({ hasActions, isSelectable, row, screen, tab }: RowProps) => (
  <tr className={row.id === screen.query.open ? 'is-open' : undefined}>
    {isSelectable && (
      <td className="t-desk__box">
        <SelectRow id={row.id} name={`${row.memberName}, ${row.reference}`} />
      </td>
    )}
    {tab === 'waiting' && (
      <td className="t-desk__risk">
        <RiskPill assessment={row.assessment} />
      </td>
    )}
    <td className="t-desk__who">
      <Who row={row} screen={screen} />
    </td>
    <td className="t-num t-desk__amount">
      <Amounts row={row} />
    </td>
    <td className="t-num t-desk__time">
      <Time row={row} screen={screen} tab={tab} />
    </td>
    <td className="t-desk__notes">
      <NotesCell row={row} screen={screen} tab={tab} />
    </td>
    {hasActions && (
      <td>
        <RowActions id={row.id} />
      </td>
    )}
  </tr>
)

const Who = ({ row, screen }: { row: AssessedRow; screen: DeskScreen }) => (
  <>
    <span className="t-desk__name" data-desk-row={row.id}>
      <AdminLink current={row.id === screen.query.open} href={deskHref(screen, { open: row.id })}>
        {row.memberName}
      </AdminLink>
    </span>
    <span className="t-sub">
      {KIND_LABELS[row.methodKind]} <span className="t-nowrap">{row.display}</span>
      <NameMatchNote row={row} />
    </span>
    <span className="t-sub t-code">{row.reference}</span>
  </>
)

const Amounts = ({ row }: { row: AssessedRow }) => {
  const money = (minor: number) => formatMoney(minor, row.currency)
  const { deductionMinor, feeMinor, grossMinor, netMinor } = row
  return (
    <>
      <span className="t-strong">{money(grossMinor)}</span>
      {feeMinor > 0 && <span className="t-sub">fee {money(feeMinor)}</span>}
      {deductionMinor > 0 && <span className="t-sub">tax {money(deductionMinor)}</span>}
      {netMinor < grossMinor && <span className="t-sub">pays {money(netMinor)}</span>}
    </>
  )
}

const Time = ({
  row,
  screen: { at, times },
  tab,
}: Omit<RowProps, 'hasActions' | 'isSelectable'>) => {
  if (tab === 'on-hold' && row.holdUntil) {
    const isOverdue = new Date(row.holdUntil) < at
    return (
      <>
        {times.moment(row.holdUntil)}
        {isOverdue && <span className="t-sub t-fail">overdue</span>}
      </>
    )
  }
  const since = TIMES[tab](row)
  if (!since) return '—'
  const isOld = tab === 'done'
  return (
    <>
      {isOld ? times.day(since) : formatAge(secondsSince(since, at))}
      <span className="t-sub">{isOld ? times.clock(since) : times.moment(since)}</span>
    </>
  )
}

const TIMES: Record<ListTab, (row: AssessedRow) => string | null> = {
  waiting: (row) => row.requestedAt,
  'on-hold': (row) => row.holdUntil,
  'to-pay': (row) => row.approvedAt,
  sent: (row) => row.sentAt,
  'in-doubt': (row) => row.attempt?.inDoubtSince ?? row.sentAt,
  'paid-late': (row) => row.attempt?.lateAt ?? null,
  done: (row) => row.endedAt,
}
