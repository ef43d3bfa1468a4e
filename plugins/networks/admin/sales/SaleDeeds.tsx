import { Button } from '@payloadcms/ui'

import { STRONG_ABOVE } from '../../../../src/domain/orphanScore.ts'
import type { OrphanRow } from '../../../../src/orphans/listOrphans.ts'
import type { Screen } from '../screen.ts'
import { Others } from './Others.tsx'
import { saleName } from './saleWords.ts'
import type { Sales } from './useSales.ts'

/** Gives a sale to its best match at once, or to somebody else after a look at them. */
export const SaleDeeds = ({
  index,
  row,
  sales,
}: {
  index: number
  row: OrphanRow
  sales: Sales
  screen: Screen
}) => {
  const [best] = row.suggestions
  const isSending = sales.sending === row.sale.id
  return (
    <div className="t-queues__deeds">
      {best && (
        <Button
          aria-label={`Assign ${saleName(row)} to ${best.memberName ?? 'its best match'}`}
          buttonStyle={best.score > STRONG_ABOVE ? 'primary' : 'subtle'}
          disabled={isSending}
          margin={false}
          onClick={() => {
            const { claim, click, member } = best
            void sales.assign(row, index, { member, click, claim })
          }}
          size="small"
          type="button"
        >
          Assign
        </Button>
      )}
      <Others isSending={isSending} onGive={(gift) => sales.assign(row, index, gift)} row={row} />
    </div>
  )
}
