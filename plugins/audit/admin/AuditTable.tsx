import { StatusPill } from '../../../src/admin/status/StatusPill.tsx'
import type { Times } from '../../../src/admin/format/times.ts'
import { AuditChanges, type Labels } from './AuditChanges.tsx'
import type { AuditRow } from './loadAuditRows.ts'
import type { Reader } from './formatValue.ts'

/** Rows of the audit log as a table. */
export const AuditTable = ({
  labels,
  reader,
  rows,
  times,
}: {
  labels: Labels
  reader: Reader
  rows: AuditRow[]
  times: Times
}) => (
  <div
    aria-label="Audit log of this document"
    className="t-audit__scroll"
    role="region"
    tabIndex={0}
  >
    <table className="t-audit__table">
      <thead>
        <tr>
          {[`When (${times.zone})`, 'Who', 'What', 'Changed', 'Reason'].map((heading) => (
            <th key={heading} scope="col">
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td className="t-audit__when">{times.full(row.at)}</td>
            <td>
              {row.who ?? 'The system'}
              {row.role && <span className="t-audit__role">{row.role}</span>}
            </td>
            <td>
              <StatusPill status={row.action} />
            </td>
            <td>
              <AuditChanges labels={labels} reader={reader} row={row} />
            </td>
            <td>{row.reason ?? '—'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)
