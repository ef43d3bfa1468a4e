import type { InputHTMLAttributes } from 'react'

import type { StatementForm } from './useStatementImport.ts'

type Props = {
  change: (part: Partial<StatementForm>) => void
  form: StatementForm
  networks: { id: string; name: string }[]
}

/** Whose statement it is, what it is called, when and in which currency it was paid, and the file. */
export const StatementFields = ({ change, form, networks }: Props) => {
  const bound = (name: 'currency' | 'paidAt' | 'reference') => ({
    name,
    onText: (value: string) => {
      change({ [name]: value })
    },
    value: form[name],
  })
  return (
    <>
      <NetworkField change={change} form={form} networks={networks} />
      <Field label="Their reference" maxLength={100} {...bound('reference')} />
      <Field label="Paid on" type="date" {...bound('paidAt')} />
      <Field
        className="t-recon__currency"
        label="Currency"
        maxLength={3}
        pattern="[A-Z]{3}"
        title="An ISO 4217 code in capitals, such as INR"
        {...bound('currency')}
      />
      <label>
        File
        <input
          accept=".csv,text/csv"
          className="t-recon__file"
          name="file"
          onChange={({ target }) => {
            change({ file: target.files?.[0] ?? null })
          }}
          required
          type="file"
        />
      </label>
    </>
  )
}

const NetworkField = ({ change, form, networks }: Props) => (
  <label>
    Network
    <select
      name="statementNetwork"
      onChange={({ target }) => {
        change({ network: target.value })
      }}
      value={form.network}
    >
      {networks.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  </label>
)

const Field = ({
  label,
  onText,
  ...input
}: { label: string; onText: (value: string) => void } & InputHTMLAttributes<HTMLInputElement>) => (
  <label>
    {label}
    <input
      onChange={({ target }) => {
        onText(target.value)
      }}
      required
      {...input}
    />
  </label>
)
