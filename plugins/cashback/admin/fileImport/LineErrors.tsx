import { countOf, formatCount } from '../../../../src/admin/format/counts.ts'
import { Scroll } from '../../../../src/admin/layout/Scroll.tsx'
import { Sign } from '../../../../src/admin/status/Sign.tsx'
import type { LineError } from '../../../../src/cashback/reconciliation/readTransactionFile.ts'

const SHOWN = 100

/** The lines of a file that cannot be read, with their numbers; nothing if there are none. */
export const LineErrors = ({ errors, refused }: { errors: LineError[]; refused: number }) => {
  if (refused === 0) return null
  const shown = errors.slice(0, SHOWN)
  return (
    <>
      <p className="t-badge t-badge--bad">
        <Sign name="warning" />
        <b>{countOf(refused, 'line')} cannot be read.</b>
      </p>
      <Scroll label="Lines that cannot be read">
        <table className="t-table t-recon__errors">
          <thead>
            <tr>
              <th className="t-num" scope="col">
                Line
              </th>
              <th scope="col">What is wrong</th>
              <th scope="col">Code</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ code, detail, line }) => (
              <tr key={line}>
                <td className="t-num">{formatCount(line)}</td>
                <td className="t-recon__detail">{detail}</td>
                <td className="t-code t-nowrap">{code}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {refused > shown.length && (
        <p className="t-foot">{countOf(refused - shown.length, 'more line')}.</p>
      )}
    </>
  )
}
