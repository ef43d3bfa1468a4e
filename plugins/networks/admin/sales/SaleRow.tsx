import { Sign } from '../../../../src/admin/Sign.tsx'
import { formatMoney } from '../../../../src/domain/money.ts'
import type { OrphanRow } from '../../../../src/orphans/listOrphans.ts'
import type { Screen } from '../screen.ts'
import { BestMatch } from './BestMatch.tsx'
import { PendingDeeds } from './PendingDeeds.tsx'
import { SaleDeeds } from './SaleDeeds.tsx'
import { Score } from './Score.tsx'
import type { Outcome, Sales } from './useSales.ts'

type Props = { index: number; row: OrphanRow; sales: Sales; screen: Screen }

/** One sale: what it is, whose it may be, and what can be done, or was done, about it. */
export const SaleRow = (props: Props) => {
  const { row, sales, screen } = props
  const { pending, sale, suggestions } = row
  const outcome = sales.outcomes.get(sale.id)
  return (
    <tr>
      <td>
        <span className="t-cut t-strong" title={sale.merchantName}>
          {sale.merchantName || 'Unknown shop'}
        </span>
        <span className="t-sub t-cut" title={`${sale.networkName} · ${sale.externalId}`}>
          {sale.networkName} · {sale.externalId}
        </span>
      </td>
      <td className="t-nowrap" data-label="Sold">
        {screen.times.moment(sale.eventAt)}
      </td>
      <td className="t-num" data-label="Sale value">
        {sale.saleMinor === null ? 'not told' : formatMoney(sale.saleMinor, sale.currency)}
      </td>
      <td className="t-num" data-label="Cashback">
        {formatMoney(sale.cashbackMinor, sale.currency)}
      </td>
      <td data-label="Score">
        <Score score={suggestions[0]?.score ?? null} />
      </td>
      <td>
        <BestMatch row={row} screen={screen} />
      </td>
      <td>
        <div aria-live="polite">{outcome && <OutcomeLine outcome={outcome} />}</div>
        <Deeds {...props} isOver={outcome !== undefined && !outcome.isBad && !pending} />
      </td>
    </tr>
  )
}

const OutcomeLine = ({ outcome: { isBad, words } }: { outcome: Outcome }) => (
  <p className={isBad ? 't-outcome t-fail' : 't-outcome'}>
    <Sign name={isBad ? 'warning' : 'check'} />
    <span>{words}</span>
  </p>
)

const Deeds = ({ isOver, ...props }: Props & { isOver: boolean }) => {
  const { row, screen } = props
  if (isOver) return null
  if (row.pending) return <PendingDeeds {...props} pending={row.pending} />
  if (!screen.viewer.mayAct) return <p className="t-muted t-sales__ask">Ask finance</p>
  return <SaleDeeds {...props} />
}
