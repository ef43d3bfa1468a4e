import type { PayloadRequest } from 'payload'
import type { ReactNode } from 'react'

import { isFinance, isStaff } from '../../../collections/access.ts'
import { timesIn } from '../../../src/admin/format/times.ts'
import { readDb } from '../../../src/database/readDb.ts'
import { countDesk } from '../../../src/payouts/desk/countDesk.ts'
import {
  type DeskQuery,
  type ListTab,
  parseDeskQuery,
} from '../../../src/payouts/desk/deskQuery.ts'
import { listDesk } from '../../../src/payouts/desk/listDesk.ts'
import { listOwners } from '../../../src/payouts/desk/listOwners.ts'
import { loadDeskDetail } from '../../../src/payouts/desk/loadDeskDetail.ts'
import { findPayouts } from '../../../src/payouts/findPayouts.ts'
import { now } from '../../../src/platform/clock.ts'
import { DeskProvider } from './actions/DeskProvider.tsx'
import { toDeskItem } from './actions/deskItem.ts'
import { BankFiles } from './bankFiles/BankFiles.tsx'
import { DeskHead } from './DeskHead.tsx'
import { DeskList } from './DeskList.tsx'
import type { DeskScreen } from './deskScreen.ts'
import { Detail } from './detail/Detail.tsx'

type Props = { query: Record<string, unknown>; req: PayloadRequest }

/** The withdrawal desk for staff; null for everyone else. Actions are for finance and admins. */
export const Desk = async ({ query: given, req }: Props) => {
  if (!isStaff(req) || req.user?.collection !== 'users') return null
  const at = now()
  const db = await readDb({ payload: req.payload })
  const query = parseDeskQuery(given)
  const screen: DeskScreen = {
    at,
    admin: req.payload.config.routes.admin,
    drivers: [...findPayouts(req.payload).drivers.keys()],
    mayAct: isFinance(req),
    query,
    times: timesIn(req.user.timeZone),
    viewer: req.user.id,
  }
  const counts = await countDesk(db, at)
  return (
    <>
      <DeskHead counts={counts} screen={screen} />
      {query.tab === 'bank-files' ? (
        <BankFiles req={req} screen={screen} />
      ) : (
        <Withdrawals req={req} screen={screen} tab={query.tab} />
      )}
    </>
  )
}

type Part = { req: PayloadRequest; screen: DeskScreen; tab: ListTab }

/** The list, and beside it the withdrawal that the address names. */
const Withdrawals = async ({ req, screen, tab }: Part) => {
  const { at, mayAct, query, viewer } = screen
  const db = await readDb({ payload: req.payload })
  const list = await listDesk(db, { tab, filters: query, page: query.page, now: at })
  const detail = query.open ? await loadDeskDetail(db, { id: query.open, now: at }) : null
  const owners = mayAct ? await listOwners(db) : []
  const rows = detail ? [...list.rows, { ...detail.row, assessment: detail.assessment }] : list.rows
  const items = new Map(rows.map((row) => [row.id, toDeskItem(row, viewer)]))
  return (
    <DeskProvider
      items={[...items.values()]}
      listed={list.rows.map(({ id }) => id)}
      mayAct={mayAct}
      open={query.open}
      owners={owners}
      viewer={viewer}
    >
      <div className={query.open ? 't-desk__body is-split' : 't-desk__body'}>
        <section aria-label="List" className="t-desk__list">
          <DeskList list={list} screen={screen} tab={tab} />
        </section>
        {query.open && (
          <Aside query={query}>
            {detail ? <Detail detail={detail} req={req} screen={screen} /> : <NotThere />}
          </Aside>
        )}
      </div>
    </DeskProvider>
  )
}

const Aside = ({ children, query }: { children: ReactNode; query: DeskQuery }) => (
  <aside
    aria-label="The withdrawal in detail"
    className="t-desk__detail"
    key={query.open}
    // It scrolls on its own, also by keyboard.
    tabIndex={0}
  >
    {children}
  </aside>
)

const NotThere = () => <p className="t-empty">There is no such withdrawal.</p>
