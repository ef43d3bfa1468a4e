import { Button } from '@payloadcms/ui'

import { Scroll } from '../../../../src/admin/layout/Scroll.tsx'
import { Sign } from '../../../../src/admin/status/Sign.tsx'
import type { UnattributedRow } from '../../../../src/cashback/attribution/listUnattributed.ts'
import { STRONG_ABOVE } from '../../../../src/domain/cashback/scoreMatch.ts'
import { formatMoney } from '../../../../src/domain/money.ts'
import type { Screen } from '../screen.ts'
import { BestMatch } from './BestMatch.tsx'
import { OtherMembers } from './OtherMembers.tsx'
import { PendingActions } from './PendingActions.tsx'
import { formatTransactionName } from './describeUnattributed.ts'
import { Score } from './Score.tsx'
import type { Assignments, Outcome } from './useAssignments.ts'

/** The transactions with their best match. On a phone each row is a card. */
export const UnattributedTable = ({
  rows,
  transactions,
  screen,
}: {
  rows: UnattributedRow[]
  transactions: Assignments
  screen: Screen
}) => (
  <Scroll label="Unattributed transactions">
    <table className="t-table t-transactions">
      <thead>
        <tr>
          <th scope="col">Transaction</th>
          <th scope="col">Time ({screen.times.zone})</th>
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

type RowProps = { index: number; row: UnattributedRow; transactions: Assignments; screen: Screen }

/** One transaction with its best match, its actions, and the outcome of the latest one. */
const UnattributedTableRow = (props: RowProps) => {
  const { row, transactions, screen } = props
  const { pending, transaction, suggestions } = row
  const outcome = transactions.outcomes.get(transaction.id)
  return (
    <tr>
      <td>
        <span className="t-cut t-strong" title={transaction.merchantName}>
          {transaction.merchantName || 'Unknown merchant'}
        </span>
        <span
          className="t-sub t-cut"
          title={`${transaction.networkName} · ${transaction.externalId}`}
        >
          {transaction.networkName} · {transaction.externalId}
        </span>
      </td>
      <td className="t-nowrap" data-label="Time">
        {screen.times.moment(transaction.eventAt)}
      </td>
      <td className="t-num" data-label="Transaction value">
        {transaction.saleMinor === null
          ? 'not reported'
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
        <RowActions {...props} isDecided={outcome !== undefined && !outcome.isBad && !pending} />
      </td>
    </tr>
  )
}

const OutcomeLine = ({ outcome: { isBad, text } }: { outcome: Outcome }) => (
  <p className={isBad ? 't-outcome t-fail' : 't-outcome'}>
    <Sign name={isBad ? 'warning' : 'check'} />
    <span>{text}</span>
  </p>
)

const RowActions = ({ isDecided, ...props }: RowProps & { isDecided: boolean }) => {
  const { row, screen } = props
  if (isDecided) return null
  if (row.pending) return <PendingActions {...props} pending={row.pending} />
  if (!screen.viewer.mayAct) return <p className="t-muted">Ask finance</p>
  return <TransactionActions {...props} />
}

/** Assigns a transaction to its best match at once, or to another member in a dialog. */
const TransactionActions = ({
  index,
  row,
  transactions,
}: {
  index: number
  row: UnattributedRow
  transactions: Assignments
  screen: Screen
}) => {
  const [best] = row.suggestions
  const isSending = transactions.sending === row.transaction.id
  return (
    <div className="t-actions">
      {best && (
        <Button
          aria-label={`Assign ${formatTransactionName(row)} to ${best.memberName ?? 'its best match'}`}
          buttonStyle={best.score > STRONG_ABOVE ? 'primary' : 'subtle'}
          disabled={isSending}
          margin={false}
          onClick={() => {
            const { claim, click, member } = best
            void transactions.assign(row, index, { member, click, claim })
          }}
          size="small"
          type="button"
        >
          Assign
        </Button>
      )}
      <OtherMembers
        isSending={isSending}
        onAssign={(assignment) => transactions.assign(row, index, assignment)}
        row={row}
      />
    </div>
  )
}
