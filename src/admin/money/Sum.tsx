import type { ReactNode } from 'react'

export type SumRow = {
  name: ReactNode
  value: ReactNode
  /** Stands under a line, as a result does. */
  isResult?: boolean
  /** Begins a new group. */
  isFirst?: boolean
}

/** An arithmetic, row by row, with its results under a line. */
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
