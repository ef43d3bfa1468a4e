import { FileField } from '../fileImport/FileField.tsx'
import { NetworkField } from '../fileImport/NetworkField.tsx'
import { TextField } from '../fileImport/TextField.tsx'
import type { TransactionsForm } from './useTransactionImport.ts'

/** Whose transactions they are, the file, and of which day it is where that is not today. */
export const TransactionFields = ({
  change,
  form,
  networks,
  today,
}: {
  change: (part: Partial<TransactionsForm>) => void
  form: TransactionsForm
  networks: { id: string; name: string }[]
  today: string
}) => (
  <>
    <NetworkField
      name="transactionsNetwork"
      networks={networks}
      onChange={(network) => {
        change({ network })
      }}
      value={form.network}
    />
    <FileField
      onFile={(file) => {
        change({ file })
      }}
    />
    <TextField
      label="As of, if not now (UTC)"
      max={today}
      name="asOf"
      onText={(asOf) => {
        change({ asOf })
      }}
      type="date"
      value={form.asOf}
    />
  </>
)
