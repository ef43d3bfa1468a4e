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
            {before && <span>{format(name, before[name])}</span>}
            {before && after && ' → '}
            {after && <span>{format(name, after[name])}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}
