import { formatCount } from '../format/counts.ts'

/** Bars that compare counts with the largest of them. */
export const Shares = ({ shares }: { shares: { name: string; count: number }[] }) => {
  const largest = Math.max(1, ...shares.map(({ count }) => count))
  return (
    <ul className="t-shares">
      {shares.map(({ count, name }) => (
        <li key={name}>
          <span>{name}</span>
          <span aria-hidden="true" className="t-shares__bar">
            <i style={{ width: `${((count / largest) * 100).toFixed(1)}%` }} />
          </span>
          <span className="t-num">{formatCount(count)}</span>
        </li>
      ))}
    </ul>
  )
}
