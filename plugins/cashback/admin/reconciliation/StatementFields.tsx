import { FileField } from '../fileImport/FileField.tsx'
import { NetworkField } from '../fileImport/NetworkField.tsx'
import { TextField } from '../fileImport/TextField.tsx'
import type { StatementForm } from './useStatementImport.ts'

/** Whose statement it is, what it is called, when and in which currency it was paid, and the file. */
export const StatementFields = ({
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
