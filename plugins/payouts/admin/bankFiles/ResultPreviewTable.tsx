import { countOf, formatCount } from '../../../../src/admin/format/counts.ts'
import { Scroll } from '../../../../src/admin/layout/Scroll.tsx'
import { StatusPill } from '../../../../src/admin/status/StatusPill.tsx'
import { formatMoney } from '../../../../src/domain/money.ts'
import { type ListedLine, OUTCOME_LABELS, type ResultPreview } from './results.ts'

const SHOWN = 100

/** What the import of a bank's answer would change: sums first, then line by line. */
export const ResultPreviewTable = ({ preview }: { preview: ResultPreview }) => {
  const { amounts, counts, currency, lines } = preview
  return (
    <div className="t-recon__preview">
      <table className="t-sum t-recon__sums">
        <tbody>
          {Object.entries(amounts)
            .filter(([, { count }]) => count > 0)
            .map(([status, { count, minor }]) => (
              <tr key={status}>
                <th scope="row">
                  <StatusPill status={status} /> {countOf(count, 'payment')}
                </th>
                <td>{formatMoney(minor, currency)}</td>
              </tr>
            ))}
        </tbody>
      </table>
      <ul className="t-desk__outcomes">
        {Object.entries(OUTCOME_LABELS)
          .filter(([outcome]) => (counts[outcome] ?? 0) > 0)
          .map(([outcome, label]) => (
            <li key={outcome}>
              {countOf(counts[outcome] ?? 0, 'line')}: {label}
            </li>
          ))}
      </ul>
      <Lines currency={currency} lines={lines} />
    </div>
  )
}

const Lines = ({ currency, lines }: Pick<ResultPreview, 'currency' | 'lines'>) => (
  <>
    <Scroll label="Lines of the answer">
      <table className="t-table t-table--wide">
        <thead>
          <tr>
            <th className="t-num" scope="col">
              Line
            </th>
            <th scope="col">Withdrawal</th>
            <th scope="col">The bank states</th>
            <th className="t-num" scope="col">
              We sent
            </th>
            <th scope="col">What it changes</th>
          </tr>
        </thead>
        <tbody>
          {lines.slice(0, SHOWN).map((line) => (
            <Line currency={currency} key={`${line.line}-${line.code}`} line={line} />
          ))}
        </tbody>
      </table>
    </Scroll>
    {lines.length > SHOWN && (
      <p className="t-foot">
        {countOf(lines.length - SHOWN, 'more line')}. Those that change nothing are shown first.
      </p>
    )}
  </>
)

const Line = ({ currency, line }: { currency: string; line: ListedLine }) => (
  <tr>
    <td className="t-num t-muted">{formatCount(line.line)}</td>
    <td className="t-code">
      {line.withdrawal ?? '—'}
      {line.batch && <span className="t-sub">{line.batch}</span>}
    </td>
    <td>{line.status ? <StatusPill status={line.status} /> : '—'}</td>
    <td className="t-num">
      {line.amountMinor === null ? '—' : formatMoney(line.amountMinor, currency)}
    </td>
    <td>
      {line.outcome === 'apply' ? (
        line.message
      ) : (
        <>
          <b>Nothing.</b> {line.message}
        </>
      )}
      <span className="t-sub t-code">{line.code}</span>
    </td>
  </tr>
)
