import { Scroll } from '../../../../src/admin/Scroll.tsx'
import type { OrphanRow } from '../../../../src/orphans/listOrphans.ts'
import type { Screen } from '../screen.ts'
import { SaleRow } from './SaleRow.tsx'
import type { Sales } from './useSales.ts'

/** Sales with their likeliest member; on a phone each is a card of its own. */
export const SalesTable = ({
  rows,
  sales,
  screen,
}: {
  rows: OrphanRow[]
  sales: Sales
  screen: Screen
}) => (
  <Scroll label="Sales without a click">
    <table className="t-table t-sales">
      <thead>
        <tr>
          <th scope="col">Sale</th>
          <th scope="col">Sold ({screen.times.zone})</th>
          <th className="t-num" scope="col">
            Sale value
          </th>
          <th className="t-num" scope="col">
            Cashback
          </th>
          <th scope="col">Score</th>
          <th scope="col">Best match</th>
          <th aria-label="Actions" scope="col" />
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <SaleRow index={index} key={row.sale.id} row={row} sales={sales} screen={screen} />
        ))}
      </tbody>
    </table>
  </Scroll>
)
