import { formatCount } from '../../../../src/admin/format/counts.ts'
import { Scroll } from '../../../../src/admin/layout/Scroll.tsx'
import { formatMoney } from '../../../../src/domain/money.ts'
import type { ReconciledDay } from '../../../../src/cashback/reconciliation/reconcileDays.ts'

const MONEY = [
  ['Pending', 'pendingMinor'],
  ['Declined', 'declinedMinor'],
  ['Payable', 'payableMinor'],
  ['Paid to us', 'paidMinor'],
  ['Difference', 'differenceMinor'],
  ['Cashback', 'cashbackMinor'],
  ['In wallets', 'creditedMinor'],
] as const

/** A row for each network, day and currency, the newest day first. */
export const DaysTable = ({ rows }: { rows: ReconciledDay[] }) => (
  <Scroll label="Commission, payments and cashback by network and day">
    <table className="t-table t-recon__days">
      <thead>
        <tr>
          <th scope="col">Sold on</th>
          <th scope="col">Network</th>
          <th className="t-num" scope="col">
            Transactions
          </th>
          {MONEY.map(([name]) => (
            <th className="t-num" key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.day} ${row.network} ${row.currency}`}>
            <td className="t-nowrap">{DAY.format(new Date(`${row.day}T00:00:00Z`))}</td>
            <td>{row.name}</td>
            <td className="t-num">{formatCount(row.transactions)}</td>
            {MONEY.map(([name, key]) => (
              <td className={`t-num${key === 'differenceMinor' ? ' t-strong' : ''}`} key={name}>
                {row[key] === 0 ? '—' : formatMoney(row[key], row.currency)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </Scroll>
)

const DAY = new Intl.DateTimeFormat('en-IN', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
})
