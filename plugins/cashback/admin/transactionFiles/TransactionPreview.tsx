import { countOf } from '../../../../src/admin/format/counts.ts'
import { Scroll } from '../../../../src/admin/layout/Scroll.tsx'
import { StatusPill } from '../../../../src/admin/status/StatusPill.tsx'
import { type Times, timesIn } from '../../../../src/admin/format/times.ts'
import { formatMoney } from '../../../../src/domain/money.ts'
import { ColumnsRead } from '../fileImport/ColumnsRead.tsx'
import { LineErrors } from '../fileImport/LineErrors.tsx'
import { COLUMN_LABELS } from './columnLabels.ts'
import { ImportEffectFigures } from './ImportEffectFigures.tsx'
import { UnmappedStatuses } from './UnmappedStatuses.tsx'
import type { CheckedTransactions } from './useTransactionImport.ts'

/**
 * The result of a check: what the import would do, what is refused, the statuses that are not mapped,
 * the columns, and the first transactions as they were read.
 */
export const TransactionPreview = ({
  checked: { columns, effect, errors, refused, rows, sample, sheet, unmappedStatuses = [] },
  timeZone,
}: {
  checked: CheckedTransactions
  timeZone: string
}) => (
  <div className="t-recon__preview">
    <ImportEffectFigures effect={effect} rows={rows} />
    <LineErrors errors={errors} refused={refused} />
    <UnmappedStatuses statuses={unmappedStatuses} />
    <ColumnsRead
      columns={columns.map(({ field, name }) => ({ name, label: field && COLUMN_LABELS[field] }))}
      sheet={sheet}
    />
    <p>
      <b>{countOf(rows, 'transaction')} can be read.</b>
      {sample.length > 0 && ` The first ${sample.length === 1 ? 'one' : sample.length}:`}
    </p>
    {sample.length > 0 && <Sample transactions={sample} times={timesIn(timeZone)} />}
  </div>
)

type Transactions = CheckedTransactions['sample']

const Sample = ({ transactions, times }: { transactions: Transactions; times: Times }) => (
  <Scroll label="The first transactions of the file">
    <table className="t-table t-recon__sample">
      <thead>
        <tr>
          <th scope="col">Transaction</th>
          <th scope="col">Merchant</th>
          <th scope="col">Time ({times.zone})</th>
          <th scope="col">Status</th>
          <th className="t-num" scope="col">
            Transaction value
          </th>
          <th className="t-num" scope="col">
            Commission
          </th>
          <th scope="col">Click</th>
        </tr>
      </thead>
      <tbody>
        {transactions.map((transaction, at) => (
          <Row key={at} transaction={transaction} times={times} />
        ))}
      </tbody>
    </table>
  </Scroll>
)

const Row = ({ transaction, times }: { transaction: Transactions[number]; times: Times }) => (
  <tr>
    <td className="t-recon__id">
      {transaction.isIdGenerated ? 'Without an id' : transaction.externalId}
      <span className="t-sub">{transaction.orderId && `Order ${transaction.orderId}`}</span>
    </td>
    <td>{transaction.programName ?? transaction.programId ?? '—'}</td>
    <td className="t-nowrap">{times.minute(transaction.eventAt)}</td>
    <td>
      <StatusPill status={transaction.status} />
      <span className="t-sub">Reported as “{transaction.rawStatus}”</span>
    </td>
    <td className="t-num">
      {transaction.saleMinor === null
        ? '—'
        : formatMoney(transaction.saleMinor, transaction.currency)}
    </td>
    <td className="t-num">{formatMoney(transaction.commissionMinor, transaction.currency)}</td>
    <td className="t-recon__id">{transaction.subId ?? '—'}</td>
  </tr>
)
