import { AdminLink } from '../../../../src/admin/layout/AdminLink.tsx'
import { countOf, formatCount } from '../../../../src/admin/format/counts.ts'
import { Scroll } from '../../../../src/admin/layout/Scroll.tsx'
import { StatusPill } from '../../../../src/admin/status/StatusPill.tsx'
import type { Times } from '../../../../src/admin/format/times.ts'
import { formatMoney } from '../../../../src/domain/money.ts'
import type { PaidAheadTransaction } from '../../../../src/cashback/reconciliation/paidAhead.ts'

/** The orders themselves, folded away: those that wait longest. */
export const PaidAheadTransactions = ({
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
        ? `The ${transactions.length} that wait longest, of ${formatCount(total)}`
        : countOf(total, 'order')}
    </summary>
    <Scroll label="Orders paid before we were paid">
      <table className="t-table t-table--wide">
        <thead>
          <tr>
            <th scope="col">Transaction</th>
            <th scope="col">Network</th>
            <th scope="col">Sold ({times.zone})</th>
            <th scope="col">Network says</th>
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
            <Row
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

const Row = ({
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
