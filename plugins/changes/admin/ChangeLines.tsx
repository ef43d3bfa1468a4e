import { describeFieldChange } from '../../../src/domain/changes/describeFieldChange.ts'
import type { FieldChange } from '../../../src/domain/changes/splitChange.ts'

/** The fields of a change, each with its old and new value. */
export const ChangeLines = ({ changes, subject }: { changes: FieldChange[]; subject: string }) => (
  <dl className="t-audit__fields">
    {changes.map((change) => {
      const { from, label, to } = describeFieldChange(subject, change)
      return (
        <div key={change.field}>
          <dt>{label}</dt>
          <dd>
            {from} → <strong>{to}</strong>
          </dd>
        </div>
      )
    })}
  </dl>
)
