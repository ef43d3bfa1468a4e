import { countOf, formatCount } from '../../../../src/admin/format/counts.ts'
import { Scroll } from '../../../../src/admin/layout/Scroll.tsx'
import { StatusPill } from '../../../../src/admin/status/StatusPill.tsx'
import { formatMoney } from '../../../../src/domain/money.ts'
import type { LineResult } from '../../../../src/domain/cashback/matchPayoutLines.ts'
import type { StatementLine } from '../../../../src/cashback/reconciliation/statementStore.ts'
import { ColumnsRead } from '../fileImport/ColumnsRead.tsx'
import { LeftOutLines, LineErrors } from '../fileImport/LineErrors.tsx'
import type { Checked } from './useStatementImport.ts'

/** The result of a check: the lines that cannot be read, the sums by result, the columns, the lines. */
export const StatementPreview = ({ checked, currency }: { checked: Checked; currency: string }) => {
  const { columns, errors, ignored = [], leftOut, refused, sheet, table } = checked
  return (
    <div className="t-recon__preview">
      <LineErrors errors={errors} refused={refused} />
      <Sums checked={checked} currency={currency} />
      <ColumnsRead
        columns={columns.map(({ field, name }) => ({ name, label: field && FIELD_LABELS[field] }))}
        sheet={sheet}
      />
      <LeftOutLines lines={ignored} />
      {table.length > 0 && <Lines currency={currency} lines={table} />}
      {leftOut > 0 && (
        <p className="t-foot">
          {countOf(leftOut, 'more line')}. Those that do not match are shown first.
        </p>
      )}
    </div>
  )
}

const FIELD_LABELS: Record<Checked['columns'][number]['field'] & string, string> = {
  id: 'The network’s id of the transaction',
  order: 'Order number',
  amount: 'Amount paid',
  currency: 'Currency',
}

const RESULT_LABELS: Record<LineResult, string> = {
  matched: 'exactly our commission',
  differs: 'another amount than our commission',
  'not-approved': 'the transaction is not approved: paid early, or by mistake',
  'paid-before': 'already paid by another line or statement',
  unknown: 'no such transaction at this network',
}

const Sums = ({
  checked: { differenceMinor, totalMinor, results },
  currency,
}: {
  checked: Checked
  currency: string
}) => (
  <table className="t-sum t-recon__sums">
    <tbody>
      {results
        .filter(({ lines }) => lines > 0)
        .map(({ amountMinor, lines, result }) => (
          <tr key={result}>
            <th scope="row">
              <StatusPill status={result} /> {countOf(lines, 'line')}, {RESULT_LABELS[result]}
            </th>
            <td>{formatMoney(amountMinor, currency)}</td>
          </tr>
        ))}
      <tr className="is-result">
        <th scope="row">Total paid</th>
        <td>{formatMoney(totalMinor, currency)}</td>
      </tr>
      <tr>
        <th scope="row">Difference from our commission</th>
        <td>{formatMoney(differenceMinor, currency)}</td>
      </tr>
    </tbody>
  </table>
)

const Lines = ({ currency, lines }: { currency: string; lines: StatementLine[] }) => {
  const money = (minor: number | null) => (minor === null ? '—' : formatMoney(minor, currency))
  return (
    <Scroll label="Lines of the statement">
      <table className="t-table t-table--wide">
        <thead>
          <tr>
            <th className="t-num" scope="col">
              Line
            </th>
            <th scope="col">Transaction</th>
            <th scope="col">Order</th>
            <th scope="col">Result</th>
            <th className="t-num" scope="col">
              Theirs
            </th>
            <th className="t-num" scope="col">
              Ours
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.number}>
              <td className="t-num t-muted">{formatCount(line.number)}</td>
              <td className="t-recon__id">{line.externalId ?? '—'}</td>
              <td className="t-recon__id">{line.orderId ?? '—'}</td>
              <td>
                <StatusPill status={line.result} />
              </td>
              <td className="t-num">{money(line.amountMinor)}</td>
              <td className="t-num">{money(line.ourMinor)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
