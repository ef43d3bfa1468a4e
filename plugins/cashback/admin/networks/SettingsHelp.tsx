'use client'
import { useFormFields } from '@payloadcms/ui'

import { CopyButton } from '../../../../src/admin/actions/CopyButton.tsx'
import { Facts } from '../../../../src/admin/layout/Facts.tsx'
import { exampleSettings } from '../../../../src/cashback/networks/csv/csvMapping.ts'
import { COLUMN_LABELS, NEEDED_COLUMNS } from '../transactionFiles/columnLabels.ts'

/** Explains a network's settings. For a network that is read from files, an example mapping. */
export const SettingsHelp = () => {
  const adapter = useFormFields(([fields]) => fields.adapter?.value)
  if (adapter === 'csv') return <MappingHelp />
  return (
    <div className="field-description">
      Values that differ from the adapter’s defaults: address, path, time zone. For “csv”: how to
      read the files.
    </div>
  )
}

const EXAMPLE = JSON.stringify(exampleSettings, null, 2)

const MappingHelp = () => (
  <div className="field-description t-settings">
    <p>
      How to read the files. In “columns”, the names at the right are those of the file’s first
      line; leave out columns that the file does not have. In “statuses”, map the network’s statuses
      to pending, confirmed, approved, paid or declined. An unmapped status moves no money.
    </p>
    <details>
      <summary>Example and all options</summary>
      <CopyButton text={EXAMPLE} />
      <pre className="t-code">{EXAMPLE}</pre>
      <p>In “columns”:</p>
      <Facts facts={COLUMNS.map(toFact)} />
      <p>Beside “columns”:</p>
      <Facts facts={OTHERS.map(toFact)} />
    </details>
  </div>
)

const COLUMNS = Object.entries(COLUMN_LABELS).map(([column, label]) => {
  const isNeeded = NEEDED_COLUMNS.some((needed) => needed === column)
  return [column, isNeeded ? `${label}, required` : label] as const
})

const OTHERS = [
  ['currency', 'Currency of lines that name none, such as INR'],
  ['delimiter', 'Between cells. Default: a comma'],
  ['decimalSign', 'Default: a point'],
  ['dateOrder', 'ymd, dmy or mdy'],
  ['utcOffset', 'Offset of times without a zone, such as +05:30'],
] as const

const toFact = ([name, text]: readonly [string, string]) => ({
  name: <span className="t-code">{name}</span>,
  value: text,
})
