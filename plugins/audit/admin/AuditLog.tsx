import type { DocumentViewServerProps, FlattenedField } from 'payload'

import { isFinance } from '../../../collections/access.ts'
import { timesIn } from '../../../src/admin/format/times.ts'
import { AuditTable } from './AuditTable.tsx'
import type { Labels } from './AuditChanges.tsx'
import { type AuditRow, loadAuditRows, loadNames, MAX_ROWS } from './loadAuditRows.ts'

/**
 * The audit log of one document: who changed what, when and why. For admins and finance only: it
 * checks the role itself, because Payload shows a document's tabs to everyone who may read it.
 */
export const AuditLog = async ({ doc, initPageResult }: DocumentViewServerProps) => {
  const { collectionConfig, docID, globalConfig, req } = initPageResult
  const entity = collectionConfig ?? globalConfig
  if (!entity || !isFinance(req)) {
    return <Note title="Ask an admin">The audit log is for admins and finance.</Note>
  }
  const id = collectionConfig ? String(docID) : null
  const { isCut, rows } = await loadAuditRows(req, { slug: entity.slug, id })
  if (rows.length === 0) {
    return (
      <Note title="Nothing was changed by the staff yet.">
        Changes by the staff appear here, with who, when and why.
      </Note>
    )
  }
  const person = req.user?.collection === 'users' ? req.user : null
  const times = timesIn(person?.timeZone)
  const names = await loadNames(req, findUserIds(rows, entity.flattenedFields))
  return (
    <div className="t-audit">
      <AuditTable
        labels={labelsOf(entity.flattenedFields)}
        reader={{ currency: doc.currency, names, time: times.full }}
        rows={rows}
        times={times}
      />
      <p className="t-audit__foot">
        {isCut && `The newest ${MAX_ROWS}; older ones are in the audit log. `}
        Rows are never edited. Sign-ins are in the audit log.
      </p>
    </div>
  )
}

const Note = ({ children, title }: { children: string; title: string }) => (
  <div className="t-audit">
    <h2 className="t-audit__title">{title}</h2>
    <p>{children}</p>
  </div>
)

/** The ids of users in the fields of the rows that refer to users. */
const findUserIds = (rows: AuditRow[], fields: FlattenedField[]): string[] => {
  const names = fields.filter(refersToUsers).map(({ name }) => name)
  const values = rows.flatMap(({ after, before }) =>
    names.flatMap((name) => [before?.[name], after?.[name]]),
  )
  return [...new Set(values.filter((value) => typeof value === 'string' && UUID.test(value)))].map(
    String,
  )
}

const refersToUsers = (field: FlattenedField): boolean =>
  field.type === 'relationship' && field.relationTo === 'users'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const labelsOf = (fields: FlattenedField[]): Labels =>
  new Map(
    fields.flatMap((field) =>
      'label' in field && typeof field.label === 'string' ? [[field.name, field.label]] : [],
    ),
  )
