import { AdminLink } from '../../../../src/admin/AdminLink.tsx'
import { countOf, formatCount } from '../../../../src/admin/counts.ts'
import { Scroll } from '../../../../src/admin/Scroll.tsx'
import { StatusPill } from '../../../../src/admin/StatusPill.tsx'
import type { Times } from '../../../../src/admin/times.ts'
import { formatMoney } from '../../../../src/domain/money.ts'
import type { AdvancedSale } from '../../../../src/reconciliation/paidAhead.ts'

/** The orders themselves, folded away: those that wait longest. */
export const AheadSales = ({
  adminRoute,
  sales,
  times,
  total,
}: {
  adminRoute: string
  sales: AdvancedSale[]
  times: Times
  total: number
}) => (
  <details className="t-recon__more">
    <summary>
      {total > sales.length
        ? `The ${sales.length} that wait longest, of ${formatCount(total)}`
        : countOf(total, 'order')}
    </summary>
    <Scroll label="Orders paid before we were paid">
      <table className="t-table t-table--wide">
        <thead>
          <tr>
            <th scope="col">Sale</th>
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
          {sales.map((sale) => (
            <Row adminRoute={adminRoute} key={sale.event} sale={sale} times={times} />
          ))}
        </tbody>
      </table>
    </Scroll>
  </details>
)

const Row = ({
  adminRoute,
  sale,
  times,
}: {
  adminRoute: string
  sale: AdvancedSale
  times: Times
}) => (
  <tr>
    <td>
      <AdminLink href={`${adminRoute}/collections/network-transactions/${sale.sale}`}>
        {sale.externalId}
      </AdminLink>
    </td>
    <td>{sale.name}</td>
    <td className="t-nowrap">{times.day(sale.eventAt)}</td>
    <td>
      <StatusPill status={sale.status} />
    </td>
    <td className="t-num">{formatMoney(sale.commissionMinor, sale.currency)}</td>
    <td className="t-num">{formatMoney(sale.creditedMinor, sale.currency)}</td>
  </tr>
)
