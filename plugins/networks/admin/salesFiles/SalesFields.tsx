import { FileField } from '../fileImport/FileField.tsx'
import { NetworkField } from '../fileImport/NetworkField.tsx'
import { TextField } from '../fileImport/TextField.tsx'
import type { SalesForm } from './useSalesImport.ts'

/** Whose sales they are, the file, and of which day it is where that is not today. */
export const SalesFields = ({
  change,
  form,
  networks,
  today,
}: {
  change: (part: Partial<SalesForm>) => void
  form: SalesForm
  networks: { id: string; name: string }[]
  today: string
}) => (
  <>
    <NetworkField
      name="salesNetwork"
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
