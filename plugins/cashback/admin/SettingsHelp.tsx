'use client'
import { useFormFields } from '@payloadcms/ui'

import { CopyButton } from '../../../src/admin/actions/CopyButton.tsx'
import { Facts } from '../../../src/admin/layout/Facts.tsx'
import { exampleSettings } from '../../../src/cashback/networks/csv/csvMapping.ts'
import { columnWords, NEEDED_COLUMNS } from './salesFiles/columnWords.ts'

/** What goes into a network's settings: of one that is read from files its mapping, by example. */
export const SettingsHelp = () => {
  const adapter = useFormFields(([fields]) => fields.adapter?.value)
  if (adapter === 'csv') return <MappingHelp />
  return (
    <div className="field-description">
      What differs from the adapter’s own: address, path, time zone. For “csv”: how its files are
      read.
    </div>
  )
}

const EXAMPLE = JSON.stringify(exampleSettings, null, 2)

const MappingHelp = () => (
  <div className="field-description t-settings">
    <p>
      How its files are read. Below “columns”, each name at the right is one of the file’s first
      line; leave out what the file does not have. Below “statuses” are its words for pending,
      confirmed, approved, paid or declined; another word is unknown, and moves no money.
    </p>
    <details>
      <summary>An example, and what else can be said</summary>
      <CopyButton text={EXAMPLE} />
      <pre className="t-code">{EXAMPLE}</pre>
      <p>Below “columns”:</p>
      <Facts facts={COLUMNS.map(factOf)} />
      <p>Beside “columns”:</p>
      <Facts facts={OTHERS.map(factOf)} />
    </details>
  </div>
)

const COLUMNS = Object.entries(columnWords).map(([column, words]) => {
  const isNeeded = NEEDED_COLUMNS.some((needed) => needed === column)
  return [column, isNeeded ? `${words}, needed` : words] as const
})

const OTHERS = [
  ['currency', 'Of lines that name none, such as INR'],
  ['delimiter', 'Between cells: a comma unless told'],
  ['decimalSign', 'A point unless told'],
  ['dateOrder', 'ymd, dmy or mdy'],
  ['utcOffset', 'Of times without a zone, such as +05:30'],
] as const

const factOf = ([name, words]: readonly [string, string]) => ({
  name: <span className="t-code">{name}</span>,
  value: words,
})
