import type { ReactNode } from 'react'

export type SumRow = {
  name: ReactNode
  value: ReactNode
  /** A result, below a line. */
  isResult?: boolean
  /** Begins a new group. */
  isFirst?: boolean
}

/** A calculation, row by row, with its results below a line. */
export const Sum = ({ rows }: { rows: SumRow[] }) => (
  <table className="t-sum">
    <tbody>
      {rows.map(({ isFirst, isResult, name, value }, index) => (
        <tr className={isResult ? 'is-result' : isFirst ? 'is-first' : undefined} key={index}>
          <th scope="row">{name}</th>
          <td>{value}</td>
        </tr>
      ))}
    </tbody>
  </table>
)
