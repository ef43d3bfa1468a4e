import { countOf } from '../../../src/admin/format/counts.ts'

const WIDTH = 120
const HEIGHT = 22

/** Messages a minute over the last hour. The table holds the important numbers. */
export const Sparkline = ({ isBad, perMinute }: { isBad: boolean; perMinute: number[] }) => {
  const top = Math.max(1, ...perMinute)
  const step = WIDTH / Math.max(1, perMinute.length - 1)
  const line = perMinute
    .map((count, index) => {
      const y = HEIGHT - 1 - (count / top) * (HEIGHT - 3)
      return `${index === 0 ? 'M' : 'L'}${(index * step).toFixed(1)} ${y.toFixed(1)}`
    })
    .join('')
  return (
    <svg
      aria-label={`At most ${countOf(Math.max(0, ...perMinute), 'message')} a minute in the last hour.`}
      className={isBad ? 't-spark t-spark--bad' : 't-spark'}
      height={HEIGHT}
      role="img"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
    >
      <path className="t-spark__area" d={`${line}V${HEIGHT}H0Z`} />
      <path className="t-spark__line" d={line} />
    </svg>
  )
}
