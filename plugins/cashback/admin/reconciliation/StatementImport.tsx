'use client'
import { countOf } from '../../../../src/admin/format/counts.ts'
import { formatMoney } from '../../../../src/domain/money.ts'
import { FileField } from '../fileImport/FileField.tsx'
import { ImportConfirm } from '../fileImport/ImportConfirm.tsx'
import { ImportPanel } from '../fileImport/ImportPanel.tsx'
import { NetworkField } from '../fileImport/NetworkField.tsx'
import { TextField } from '../fileImport/TextField.tsx'
import { StatementPreview } from './StatementPreview.tsx'
import { type StatementForm, useStatementImport } from './useStatementImport.ts'

/** Imports a network's payment statement: checked line by line first, then imported as a whole. */
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
                ? 'Correct these lines in the file and check it again. A statement is imported as a whole.'
                : 'The import records which transactions are paid. It posts nothing to wallets.'
            }
            onConfirm={() => void confirm()}
          />
        )
      }
      fields={<StatementFields change={change} form={form} networks={networks} />}
      file={file}
      hint={
        <p className="t-foot">
          CSV or a workbook (.xlsx), up to 10 MB and 50,000 rows. The check writes nothing. Columns
          are found by their names; other names can be set in the network’s settings.
        </p>
      }
      title="Import a statement"
    >
      {checked && <StatementPreview checked={checked} currency={form.currency} />}
    </ImportPanel>
  )
}

/** The network, reference, payment date, currency and file of a statement. */
const StatementFields = ({
  change,
  form,
  networks,
}: {
  change: (part: Partial<StatementForm>) => void
  form: StatementForm
  networks: { id: string; name: string }[]
}) => {
  const bound = (name: 'currency' | 'paidAt' | 'reference') => ({
    name,
    onText: (value: string) => {
      change({ [name]: value })
    },
    required: true,
    value: form[name],
  })
  return (
    <>
      <NetworkField
        name="statementNetwork"
        networks={networks}
        onChange={(network) => {
          change({ network })
        }}
        value={form.network}
      />
      <TextField label="Their reference" maxLength={100} {...bound('reference')} />
      <TextField label="Paid on" type="date" {...bound('paidAt')} />
      <TextField
        className="t-recon__currency"
        label="Currency"
        maxLength={3}
        pattern="[A-Z]{3}"
        title="An ISO 4217 code in capitals, such as INR"
        {...bound('currency')}
      />
      <FileField
        onFile={(file) => {
          change({ file })
        }}
      />
    </>
  )
}
