import type { PayloadRequest } from 'payload'

import { countOf, formatCount } from '../../../../src/admin/format/counts.ts'
import { type Times, timesIn } from '../../../../src/admin/format/times.ts'
import { AdminLink } from '../../../../src/admin/layout/AdminLink.tsx'
import { Scroll } from '../../../../src/admin/layout/Scroll.tsx'
import { SectionHead } from '../../../../src/admin/layout/SectionHead.tsx'
import { StatusPill } from '../../../../src/admin/status/StatusPill.tsx'
import {
  listPaidAhead,
  type PaidAhead,
  type PaidAheadTransaction,
  sumPaidAhead,
} from '../../../../src/cashback/reconciliation/paidAhead.ts'
import { formatMoney } from '../../../../src/domain/money.ts'
import { CsvLink } from './CsvLink.tsx'
import { ReadFailed } from './ReadFailed.tsx'
import { readPart } from '../readPart.ts'

const SHOWN = 20

/** Cashback that was credited before the network paid its commission. */
export const PaidAheadSection = async ({ req }: { req: PayloadRequest }) => {
  const found = await readPart(req, 'paid-ahead', async (db) => ({
    totals: await sumPaidAhead(db),
    transactions: await listPaidAhead(db, SHOWN),
  }))
  if (!found) return <ReadFailed what="Credited before the network paid" />
  const { admin, api } = req.payload.config.routes
  const times = timesIn(req.user?.collection === 'users' ? req.user.timeZone : null)
  return (
    <>
      <SectionHead
        note={
          <CsvLink
            path={`${api}/networks/paid-ahead?format=csv`}
            what="Credited before the network paid"
          />
        }
      >
        Credited before the network paid
      </SectionHead>
      {found.totals.length === 0 ? (
        <p className="t-empty">
          Nothing. Cashback that is in wallets before its network has paid appears here.
        </p>
      ) : (
        <>
          <Totals rows={found.totals} times={times} />
          <PaidAheadTransactions
            adminRoute={admin}
            transactions={found.transactions}
            times={times}
            total={countEvents(found.totals)}
          />
        </>
      )}
    </>
  )
}

const countEvents = (rows: PaidAhead[]): number => rows.reduce((sum, { events }) => sum + events, 0)

const Totals = ({ rows, times }: { rows: PaidAhead[]; times: Times }) => (
  <Scroll label="Credited before the network paid, by network">
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

/** The orders, collapsed: the oldest first. */
const PaidAheadTransactions = ({
  adminRoute,
  transactions,
  times,
  total,
}: {
  adminRoute: string
  transactions: PaidAheadTransaction[]
  times: Times
  total: number
}) => (
  <details className="t-recon__more">
    <summary>
      {total > transactions.length
        ? `The oldest ${transactions.length} of ${formatCount(total)}`
        : countOf(total, 'order')}
    </summary>
    <Scroll label="Orders credited before the network paid">
      <table className="t-table t-table--wide">
        <thead>
          <tr>
            <th scope="col">Transaction</th>
            <th scope="col">Network</th>
            <th scope="col">Time ({times.zone})</th>
            <th scope="col">Status</th>
            <th className="t-num" scope="col">
              Commission
            </th>
            <th className="t-num" scope="col">
              In the wallet
            </th>
          </tr>
        </thead>
        <tbody>
          {transactions.map((transaction) => (
            <TransactionRow
              adminRoute={adminRoute}
              key={transaction.event}
              transaction={transaction}
              times={times}
            />
          ))}
        </tbody>
      </table>
    </Scroll>
  </details>
)

const TransactionRow = ({
  adminRoute,
  transaction,
  times,
}: {
  adminRoute: string
  transaction: PaidAheadTransaction
  times: Times
}) => (
  <tr>
    <td>
      <AdminLink href={`${adminRoute}/collections/network-transactions/${transaction.transaction}`}>
        {transaction.externalId}
      </AdminLink>
    </td>
    <td>{transaction.name}</td>
    <td className="t-nowrap">{times.day(transaction.eventAt)}</td>
    <td>
      <StatusPill status={transaction.status} />
    </td>
    <td className="t-num">{formatMoney(transaction.commissionMinor, transaction.currency)}</td>
    <td className="t-num">{formatMoney(transaction.creditedMinor, transaction.currency)}</td>
  </tr>
)
