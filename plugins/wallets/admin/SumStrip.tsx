import { type Point, StepChart } from '../../../src/admin/charts/StepChart.tsx'
import type { Times } from '../../../src/admin/format/times.ts'
import { formatMoney } from '../../../src/domain/money.ts'
import type { Statement } from '../../../src/ledger/statements/readStatement.ts'
import type { Filters } from './parseFilters.ts'

/** Opening, in, out and closing of the period, with the balance drawn when all moves are shown. */
export const SumStrip = ({
  asOfMinor,
  filters,
  statement,
  times,
}: {
  asOfMinor: number | null
  filters: Filters
  statement: Statement
  times: Times
}) => {
  const { closingMinor, inMinor, openingMinor, outMinor, wallet } = statement
  const money = (minor: number) => formatMoney(minor, wallet.currency)
  const lastDay = times.dayOfMonth(new Date(filters.to.getTime() - 1))
  return (
    <div className="t-panel t-strip">
      <dl>
        <Figure name={`Opening, ${times.dayOfMonth(filters.from)}`} value={money(openingMinor)} />
        <Figure name="In" value={inMinor > 0 ? `+${money(inMinor)}` : money(0)} />
        <Figure name="Out" value={money(-outMinor)} />
        <Figure
          isResult
          name={filters.isOpen ? 'Closing, now' : `Closing, ${lastDay}`}
          value={money(closingMinor)}
        />
        {filters.asOf && asOfMinor !== null && (
          <Figure
            name={`End of ${times.day(new Date(filters.asOf.getTime() - 1))}`}
            value={money(asOfMinor)}
          />
        )}
      </dl>
      {isWhole(filters, statement) && (
        <StepChart
          end={filters.to}
          points={pointsOf(statement)}
          sentence={`The balance from ${money(openingMinor)} to ${money(closingMinor)}, in ${statement.moves.length} steps.`}
        />
      )}
    </div>
  )
}

const Figure = ({
  isResult = false,
  name,
  value,
}: {
  isResult?: boolean
  name: string
  value: string
}) => (
  <div>
    <dt>{name}</dt>
    <dd className={isResult ? 't-strong' : undefined}>{value}</dd>
  </div>
)

const isWhole = ({ after, transferKind }: Filters, { moves, nextAfter }: Statement): boolean =>
  after === 0 && !transferKind && nextAfter === undefined && moves.length > 0

const pointsOf = ({ from, moves, openingMinor }: Statement): Point[] => [
  { at: from, value: openingMinor },
  ...moves.map(({ balanceMinor, postedAt }) => ({ at: postedAt, value: balanceMinor })),
]
