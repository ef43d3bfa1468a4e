import { countOf, formatCount } from '../../../../src/admin/format/counts.ts'
import { Scroll } from '../../../../src/admin/layout/Scroll.tsx'
import { Sign } from '../../../../src/admin/status/Sign.tsx'
import type { LineError } from '../../../../src/cashback/reconciliation/readTransactionFile.ts'

const SHOWN = 100

/** The lines of a file that cannot be read, with their numbers; nothing if there are none. */
export const LineErrors = ({ errors, refused }: { errors: LineError[]; refused: number }) => {
  if (refused === 0) return null
  return (
    <>
      <p className="t-badge t-badge--bad">
        <Sign name="warning" />
        <b>{countOf(refused, 'line')} cannot be read.</b>
      </p>
      <LinesTable count={refused} label="Lines that cannot be read" lines={errors} />
    </>
  )
}

/** Lines that are no payments, such as totals; nothing if there are none. */
export const LeftOutLines = ({ lines }: { lines: LineError[] }) => {
  if (lines.length === 0) return null
  return (
    <details className="t-recon__more">
      <summary>{countOf(lines.length, 'line')} left out, such as totals and headings</summary>
      <LinesTable count={lines.length} label="Lines that are left out" lines={lines} />
    </details>
  )
}

const LinesTable = ({
  count,
  label,
  lines,
}: {
  count: number
  label: string
  lines: LineError[]
}) => {
  const shown = lines.slice(0, SHOWN)
  const hasColumns = shown.some(({ column }) => column)
  return (
    <>
      <Scroll label={label}>
        <table className="t-table t-recon__errors">
          <thead>
            <tr>
              <th className="t-num" scope="col">
                Line
              </th>
              {hasColumns && <th scope="col">Column</th>}
              <th scope="col">What is wrong</th>
              <th scope="col">Code</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ code, column, detail, line }) => (
              <tr key={line}>
                <td className="t-num">{formatCount(line)}</td>
                {hasColumns && <td className="t-recon__id">{column ?? '—'}</td>}
                <td className="t-recon__detail">{detail}</td>
                <td className="t-code t-nowrap">{code}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {count > shown.length && (
        <p className="t-foot">{countOf(count - shown.length, 'more line')}.</p>
      )}
    </>
  )
}
