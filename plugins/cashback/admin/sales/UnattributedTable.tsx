import { Scroll } from '../../../../src/admin/layout/Scroll.tsx'
import type { UnattributedRow } from '../../../../src/cashback/attribution/listUnattributed.ts'
import type { Screen } from '../screen.ts'
import { UnattributedTableRow } from './UnattributedTableRow.tsx'
import type { Transactions } from './useUnattributed.ts'

/** Transactions with their likeliest member; on a phone each is a card of its own. */
export const UnattributedTable = ({
  rows,
  transactions,
  screen,
}: {
  rows: UnattributedRow[]
  transactions: Transactions
  screen: Screen
}) => (
  <Scroll label="Transactions without a click">
    <table className="t-table t-sales">
      <thead>
        <tr>
          <th scope="col">Transaction</th>
          <th scope="col">Sold ({screen.times.zone})</th>
          <th className="t-num" scope="col">
            Transaction value
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
          <UnattributedTableRow
            index={index}
            key={row.transaction.id}
            row={row}
            transactions={transactions}
            screen={screen}
          />
        ))}
      </tbody>
    </table>
  </Scroll>
)
