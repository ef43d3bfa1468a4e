import { formatRange } from '../../../src/admin/format/formatRange.ts'
import { AdminLink } from '../../../src/admin/layout/AdminLink.tsx'
import type { ListTab } from '../../../src/payouts/desk/deskQuery.ts'
import type { DeskList as List } from '../../../src/payouts/desk/listDesk.ts'
import { MAX_COUNT } from '../../../src/payouts/desk/selectWithdrawals.ts'
import { KeysHint } from './actions/KeysHint.tsx'
import { deskHref, type DeskScreen } from './deskScreen.ts'
import { DeskTable } from './DeskTable.tsx'
import { EMPTY_TEXTS } from './labels.ts'

type Props = { list: List; screen: DeskScreen; tab: ListTab }

/** A page of withdrawals, with links to the pages beside it. */
export const DeskList = ({ list, screen, tab }: Props) => {
  const { currency, kind, text } = screen.query
  if (list.total === 0) {
    const isFiltered = text !== '' || currency !== null || kind !== null
    return (
      <p className="t-empty">
        {isFiltered ? 'No withdrawal of this state matches the filter.' : EMPTY_TEXTS[tab]}
      </p>
    )
  }
  return (
    <>
      <DeskTable rows={list.rows} screen={screen} tab={tab} />
      <Pages list={list} screen={screen} tab={tab} />
    </>
  )
}

const ORDERS: Record<ListTab, string> = {
  waiting: 'oldest and riskiest first',
  'on-hold': 'overdue first',
  'to-pay': 'longest approved first',
  sent: 'longest sent first',
  'in-doubt': 'longest in doubt first',
  'paid-late': 'oldest report first',
  done: 'latest first',
}

const Pages = ({ list, screen, tab }: Props) => {
  const { limit, page, total } = list
  const turn = (label: string, to: number) => (
    <AdminLink className="t-button" href={deskHref(screen, { page: to, open: null })}>
      {label}
    </AdminLink>
  )
  return (
    <div className="t-pages t-desk__pages">
      <span className="t-muted">
        {formatRange(list)}
        {total === MAX_COUNT && ' or more'} · {ORDERS[tab]}
      </span>
      <KeysHint />
      {(page > 1 || page * limit < total) && (
        <nav aria-label="Pages" className="t-actions">
          {page > 1 && turn('Previous', page - 1)}
          {page * limit < total && turn('Next', page + 1)}
        </nav>
      )}
    </div>
  )
}
