export type Point = { at: Date; value: number }

const WIDTH = 1_000
const HEIGHT = 100

/**
 * A balance over time: a horizontal line until each change. It fills the available width. The
 * numbers are beside it.
 */
export const StepChart = ({
  end,
  points,
  sentence,
}: {
  end: Date
  points: Point[]
  /** The chart as text, for screen readers. */
  sentence: string
}) => {
  const { line, zero } = drawSteps(points, end)
  return (
    <svg
      aria-label={sentence}
      className="t-steps"
      preserveAspectRatio="none"
      role="img"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
    >
      <path className="t-steps__area" d={`${line} V${zero} H0 Z`} />
      <path className="t-steps__line" d={line} />
    </svg>
  )
}

const drawSteps = (points: Point[], end: Date): { line: string; zero: number } => {
  const values = points.map(({ value }) => value)
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)]
  const start = points[0]?.at.getTime() ?? 0
  const span = Math.max(1, end.getTime() - start)
  const x = (at: Date) => (((at.getTime() - start) / span) * WIDTH).toFixed(1)
  const y = (value: number) => Math.round(HEIGHT - ((value - low) / (high - low || 1)) * HEIGHT)
  const steps = points.map(({ at, value }, index) =>
    index === 0 ? `M0 ${y(value)}` : `H${x(at)} V${y(value)}`,
  )
  return { line: `${steps.join(' ')} H${WIDTH}`, zero: y(0) }
}
