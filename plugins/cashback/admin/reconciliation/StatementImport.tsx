'use client'
import { countOf } from '../../../../src/admin/format/counts.ts'
import { formatMoney } from '../../../../src/domain/money.ts'
import { ImportConfirm } from '../fileImport/ImportConfirm.tsx'
import { ImportPanel } from '../fileImport/ImportPanel.tsx'
import { StatementFields } from './StatementFields.tsx'
import { StatementPreview } from './StatementPreview.tsx'
import { useStatementImport } from './useStatementImport.ts'

/** A network's file of what it pays: looked at line by line first, then imported as a whole. */
export const StatementImport = ({ networks }: { networks: { id: string; name: string }[] }) => {
  const file = useStatementImport(networks[0]?.id ?? '')
  const { change, checked, confirm, doing, form } = file
  return (
    <ImportPanel
      confirm={
        checked && (
          <ImportConfirm
            isDisabled={doing !== null || checked.refused > 0}
            label={`Import ${countOf(checked.lines, 'line')}, ${formatMoney(checked.totalMinor, form.currency)}`}
            note={
              checked.refused > 0
                ? 'Mend the lines above in the file, then check it again: a statement comes in as a whole.'
                : 'Importing notes which transactions are paid for. It posts nothing to wallets.'
            }
            onConfirm={() => void confirm()}
          />
        )
      }
      fields={<StatementFields change={change} form={form} networks={networks} />}
      file={file}
      hint={
        <p className="t-foot">
          CSV, up to 10 MB. Checking writes nothing. Columns are found by their names; others are
          set in the network’s settings.
        </p>
      }
      title="Import a statement"
    >
      {checked && <StatementPreview checked={checked} currency={form.currency} />}
    </ImportPanel>
  )
}
