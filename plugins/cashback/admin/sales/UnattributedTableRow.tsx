import { Sign } from '../../../../src/admin/status/Sign.tsx'
import { formatMoney } from '../../../../src/domain/money.ts'
import type { UnattributedRow } from '../../../../src/cashback/attribution/listUnattributed.ts'
import type { Screen } from '../screen.ts'
import { BestMatch } from './BestMatch.tsx'
import { PendingActions } from './PendingActions.tsx'
import { TransactionActions } from './TransactionActions.tsx'
import { Score } from './Score.tsx'
import type { Outcome, Transactions } from './useUnattributed.ts'

type Props = { index: number; row: UnattributedRow; transactions: Transactions; screen: Screen }

/** One transaction: what it is, whose it may be, and what can be done, or was done, about it. */
export const UnattributedTableRow = (props: Props) => {
  const { row, transactions, screen } = props
  const { pending, transaction, suggestions } = row
  const outcome = transactions.outcomes.get(transaction.id)
  return (
    <tr>
      <td>
        <span className="t-cut t-strong" title={transaction.merchantName}>
          {transaction.merchantName || 'Unknown shop'}
        </span>
        <span
          className="t-sub t-cut"
          title={`${transaction.networkName} · ${transaction.externalId}`}
        >
          {transaction.networkName} · {transaction.externalId}
        </span>
      </td>
      <td className="t-nowrap" data-label="Sold">
        {screen.times.moment(transaction.eventAt)}
      </td>
      <td className="t-num" data-label="Transaction value">
        {transaction.saleMinor === null
          ? 'not told'
          : formatMoney(transaction.saleMinor, transaction.currency)}
      </td>
      <td className="t-num" data-label="Cashback">
        {formatMoney(transaction.cashbackMinor, transaction.currency)}
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
  if (row.pending) return <PendingActions {...props} pending={row.pending} />
  if (!screen.viewer.mayAct) return <p className="t-muted t-sales__ask">Ask finance</p>
  return <TransactionActions {...props} />
}
