import { countOf } from '../../../../src/admin/counts.ts'
import { Scroll } from '../../../../src/admin/Scroll.tsx'
import { StatusPill } from '../../../../src/admin/StatusPill.tsx'
import { type Times, timesIn } from '../../../../src/admin/times.ts'
import { formatMoney } from '../../../../src/domain/money.ts'
import { LineErrors } from '../fileImport/LineErrors.tsx'
import type { CheckedSales } from './useSalesImport.ts'

/** What a file of sales would bring: lines that cannot be read, and the first sales as understood. */
export const SalesPreview = ({
  checked: { errors, refused, rows, sample },
  timeZone,
}: {
  checked: CheckedSales
  timeZone: string
}) => (
  <div className="t-recon__preview">
    <LineErrors errors={errors} refused={refused} />
    <p>
      <b>{countOf(rows, 'sale')} can be read.</b>
      {sample.length > 0 && ` The first ${sample.length === 1 ? 'one' : sample.length}:`}
    </p>
    {sample.length > 0 && <Sample sales={sample} times={timesIn(timeZone)} />}
  </div>
)

type Sales = CheckedSales['sample']

const Sample = ({ sales, times }: { sales: Sales; times: Times }) => (
  <Scroll label="The first sales of the file">
    <table className="t-table t-recon__sample">
      <thead>
        <tr>
          <th scope="col">Sale</th>
          <th scope="col">Shop</th>
          <th scope="col">Sold ({times.zone})</th>
          <th scope="col">State</th>
          <th className="t-num" scope="col">
            Sale value
          </th>
          <th className="t-num" scope="col">
            Commission
          </th>
          <th scope="col">Click</th>
        </tr>
      </thead>
      <tbody>
        {sales.map((sale, at) => (
          <Row key={at} sale={sale} times={times} />
        ))}
      </tbody>
    </table>
  </Scroll>
)

const Row = ({ sale, times }: { sale: Sales[number]; times: Times }) => (
  <tr>
    <td className="t-recon__id">
      {sale.isIdMade ? 'Without an id' : sale.externalId}
      <span className="t-sub">{sale.orderId && `Order ${sale.orderId}`}</span>
    </td>
    <td>{sale.merchantName ?? sale.merchantId ?? '—'}</td>
    <td className="t-nowrap">{times.minute(sale.eventAt)}</td>
    <td>
      <StatusPill status={sale.status} />
      <span className="t-sub">They say “{sale.rawStatus}”</span>
    </td>
    <td className="t-num">
      {sale.saleMinor === null ? '—' : formatMoney(sale.saleMinor, sale.currency)}
    </td>
    <td className="t-num">{formatMoney(sale.commissionMinor, sale.currency)}</td>
    <td className="t-recon__id">{sale.clickId ?? '—'}</td>
  </tr>
)
