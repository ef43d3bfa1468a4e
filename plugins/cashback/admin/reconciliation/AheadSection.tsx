import type { PayloadRequest } from 'payload'

import { formatCount } from '../../../../src/admin/format/counts.ts'
import { Scroll } from '../../../../src/admin/layout/Scroll.tsx'
import { SectionHead } from '../../../../src/admin/layout/SectionHead.tsx'
import { type Times, timesIn } from '../../../../src/admin/format/times.ts'
import { formatMoney } from '../../../../src/domain/money.ts'
import {
  type PaidAhead,
  listPaidAhead,
  sumPaidAhead,
} from '../../../../src/cashback/reconciliation/paidAhead.ts'
import { PaidAheadTransactions } from './PaidAheadTransactions.tsx'
import { CsvLink } from './CsvLink.tsx'
import { ReadFailed } from './ReadFailed.tsx'
import { readPart } from './readPart.ts'

const SHOWN = 20

/** Cashback that members have while the network has not paid us. */
export const AheadSection = async ({ req }: { req: PayloadRequest }) => {
  const found = await readPart(req, 'advanced', async (db) => ({
    totals: await sumPaidAhead(db),
    transactions: await listPaidAhead(db, SHOWN),
  }))
  if (!found) return <ReadFailed what="Paid before we were paid" />
  const { admin, api } = req.payload.config.routes
  const times = timesIn(req.user?.collection === 'users' ? req.user.timeZone : null)
  return (
    <>
      <SectionHead
        note={
          <CsvLink path={`${api}/networks/advanced?format=csv`} what="Paid before we were paid" />
        }
      >
        Paid before we were paid
      </SectionHead>
      {found.totals.length === 0 ? (
        <p className="t-queues__none">
          Nothing. Cashback that is in wallets before its network pays us will be here.
        </p>
      ) : (
        <>
          <Totals rows={found.totals} times={times} />
          <PaidAheadTransactions
            adminRoute={admin}
            transactions={found.transactions}
            times={times}
            total={totalOf(found.totals)}
          />
        </>
      )}
    </>
  )
}

const totalOf = (rows: PaidAhead[]): number => rows.reduce((sum, { events }) => sum + events, 0)

const Totals = ({ rows, times }: { rows: PaidAhead[]; times: Times }) => (
  <Scroll label="Paid before we were paid, by network">
    <table className="t-table t-table--wide">
      <thead>
        <tr>
          <th scope="col">Network</th>
          <th className="t-num" scope="col">
            Orders
          </th>
          <th scope="col">Oldest transaction</th>
          <th className="t-num" scope="col">
            In members’ wallets
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ creditedMinor, currency, events, name, network, oldestAt }) => (
          <tr key={`${network} ${currency}`}>
            <th scope="row">{name}</th>
            <td className="t-num">{formatCount(events)}</td>
            <td className="t-nowrap">{times.day(oldestAt)}</td>
            <td className="t-num t-strong">{formatMoney(creditedMinor, currency)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </Scroll>
)
