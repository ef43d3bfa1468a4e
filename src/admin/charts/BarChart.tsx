import { minorDigits } from '../../domain/currency.ts'
import { formatMoney } from '../../domain/money.ts'
import { chartTicks } from './chartTicks.ts'

export type Bar = {
  /** Under the bar; short. */
  label: string
  /** In the table. */
  name: string
  valueMinor: number
  /** The period is not over: the bar is hollow. */
  isPartial: boolean
}

const WIDTH = 64 // of a bar's place, in per cent

/**
 * Amounts over time. Positions are percentages of the width, so that labels keep their size on a
 * phone. A table below holds the numbers.
 */
export const BarChart = ({
  bars,
  currency,
  sentence,
}: {
  bars: Bar[]
  currency: string
  /** The chart as text, for screen readers. */
  sentence: string
}) => {
  const ticks = chartTicks(Math.max(0, ...bars.map(({ valueMinor }) => valueMinor)))
  const top = ticks.at(-1) || 1
  return (
    <figure className="t-chart">
      <div className="t-chart__box">
        <div aria-hidden="true" className="t-chart__scale">
          {ticks.map((tick) => (
            <span key={tick} style={{ bottom: `${(tick / top) * 100}%` }}>
              {compact(tick, currency)}
            </span>
          ))}
        </div>
        <svg aria-label={sentence} className="t-chart__plot" role="img">
          {ticks.map((tick) => (
            <line
              className="t-chart__line"
              key={tick}
              x1="0"
              x2="100%"
              y1={`${100 - (tick / top) * 100}%`}
              y2={`${100 - (tick / top) * 100}%`}
            />
          ))}
          {bars.map((bar, index) => (
            <Rect bar={bar} count={bars.length} index={index} key={bar.name} top={top} />
          ))}
        </svg>
        <div aria-hidden="true" className="t-chart__names">
          {bars.map(({ label, name }) => (
            <span key={name}>{label}</span>
          ))}
        </div>
      </div>
      <BarTable bars={bars} currency={currency} />
    </figure>
  )
}

const Rect = ({
  bar,
  count,
  index,
  top,
}: {
  bar: Bar
  count: number
  index: number
  top: number
}) => {
  const place = 100 / count
  const height = (Math.max(0, bar.valueMinor) / top) * 100
  return (
    <rect
      className={bar.isPartial ? 't-chart__bar is-partial' : 't-chart__bar'}
      height={`${height}%`}
      rx="2"
      width={`${(place * WIDTH) / 100}%`}
      x={`${place * index + (place * (100 - WIDTH)) / 200}%`}
      y={`${100 - height}%`}
    />
  )
}

const BarTable = ({ bars, currency }: { bars: Bar[]; currency: string }) => (
  <details className="t-asTable">
    <summary>Show as table</summary>
    <table className="t-table">
      <tbody>
        {bars.map(({ isPartial, name, valueMinor }) => (
          <tr key={name}>
            <th scope="row">{isPartial ? `${name}, so far` : name}</th>
            <td className="t-num">{formatMoney(valueMinor, currency)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </details>
)

/** For a scale, which needs no digits: ₹50K, ₹1.5L. */
const compact = (minor: number, currency: string): string =>
  new Intl.NumberFormat('en-IN', {
    style: 'currency',
    currency,
    notation: 'compact',
    maximumFractionDigits: 1,
    trailingZeroDisplay: 'stripIfInteger',
  }).format(minor / 10 ** minorDigits(currency))
