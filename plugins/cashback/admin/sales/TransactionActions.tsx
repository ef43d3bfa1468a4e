import { Button } from '@payloadcms/ui'

import { STRONG_ABOVE } from '../../../../src/domain/cashback/scoreMatch.ts'
import type { UnattributedRow } from '../../../../src/cashback/attribution/listUnattributed.ts'
import type { Screen } from '../screen.ts'
import { Others } from './Others.tsx'
import { transactionName } from './saleWords.ts'
import type { Transactions } from './useUnattributed.ts'

/** Gives a transaction to its best match at once, or to somebody else after a look at them. */
export const TransactionActions = ({
  index,
  row,
  transactions,
}: {
  index: number
  row: UnattributedRow
  transactions: Transactions
  screen: Screen
}) => {
  const [best] = row.suggestions
  const isSending = transactions.sending === row.transaction.id
  return (
    <div className="t-queues__deeds">
      {best && (
        <Button
          aria-label={`Assign ${transactionName(row)} to ${best.memberName ?? 'its best match'}`}
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
      <Others
        isSending={isSending}
        onGive={(gift) => transactions.assign(row, index, gift)}
        row={row}
      />
    </div>
  )
}
