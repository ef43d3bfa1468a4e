import type { FlattenedField } from 'payload'

import type { AuditRow } from './loadAuditRows.ts'
import { type Reader, formatValue } from './formatValue.ts'

/** The labels of fields, by field name. */
export type Labels = ReadonlyMap<string, string>

type Props = {
  labels: Labels
  reader: Reader
  row: Pick<AuditRow, 'after' | 'before'>
}

/** The fields of a change, each with its old and new value. A whole row is collapsed. */
export const AuditChanges = (props: Props) => {
  const { after, before } = props.row
  if (!after && !before) return '—'
  if (after && before) return <FieldList {...props} />
  return (
    <details>
      <summary>{after ? 'The created row' : 'The deleted row'}</summary>
      <FieldList {...props} />
    </details>
  )
}

const FieldList = ({ labels, reader, row: { after, before } }: Props) => {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  const currency = after?.currency ?? before?.currency ?? reader.currency
  const format = (name: string, value: unknown) =>
    formatValue({ name, reader: { ...reader, currency }, value })
  return (
    <dl className="t-audit__fields">
      {fields.map((name) => (
        <div key={name}>
          <dt>{labels.get(name) ?? name}</dt>
          <dd>
            {before && <span className="t-audit__value">{format(name, before[name])}</span>}
            {before && after && <span className="t-audit__arrow"> → </span>}
            {after && <span className="t-audit__value">{format(name, after[name])}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** The ids in those fields of the rows that refer to users. */
export const idsIn = (rows: Props['row'][], fields: FlattenedField[]): string[] => {
  const names = fields.filter(isPerson).map(({ name }) => name)
  const values = rows.flatMap(({ after, before }) =>
    names.flatMap((name) => [before?.[name], after?.[name]]),
  )
  return [...new Set(values.filter((value) => typeof value === 'string' && UUID.test(value)))].map(
    String,
  )
}

const isPerson = (field: FlattenedField): boolean =>
  field.type === 'relationship' && field.relationTo === 'users'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
