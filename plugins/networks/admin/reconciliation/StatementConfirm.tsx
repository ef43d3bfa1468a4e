import { Button } from '@payloadcms/ui'

import { countOf } from '../../../../src/admin/counts.ts'
import { formatMoney } from '../../../../src/domain/money.ts'
import type { Checked } from './useStatementImport.ts'

/** Imports what was checked, or says why that cannot be. */
export const StatementConfirm = ({
  checked: { lines, refused, totalMinor },
  currency,
  isSending,
  onConfirm,
}: {
  checked: Checked
  currency: string
  isSending: boolean
  onConfirm: () => void
}) => (
  <div className="t-recon__confirm">
    <Button
      disabled={isSending || refused > 0}
      margin={false}
      onClick={onConfirm}
      size="small"
      type="button"
    >
      {`Import ${countOf(lines, 'line')}, ${formatMoney(totalMinor, currency)}`}
    </Button>
    <p className="t-foot">
      {refused > 0
        ? 'Mend the lines above in the file, then check it again: a statement comes in as a whole.'
        : 'Importing notes which sales are paid for. It posts nothing to wallets.'}
    </p>
  </div>
)
