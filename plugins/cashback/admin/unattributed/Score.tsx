/** The score of a match, from 0 to 100, as a number and a bar. */
export const Score = ({ score }: { score: number | null }) =>
  score === null ? (
    <span className="t-muted">—</span>
  ) : (
    <span className="t-score">
      <b>{score}</b>
      <i aria-hidden="true">
        <b style={{ width: `${score}%` }} />
      </i>
    </span>
  )
