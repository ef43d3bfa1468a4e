import type { CollectionAfterChangeHook, CollectionConfig } from 'payload'

import { isByStaff } from '../src/audit/actorOf.ts'
import { changedFields } from '../src/audit/changedFields.ts'
import { loadRow } from '../src/audit/loadRow.ts'
import { reasonOf } from '../src/audit/reasonOf.ts'
import { recordAudit } from '../src/audit/recordAudit.ts'
import { recallRow, rememberRow } from '../src/audit/rememberRow.ts'

type Change = Omit<Parameters<CollectionAfterChangeHook<Document>>[0], 'context' | 'overrideAccess'>
type Document = { id: string; role?: string }

/**
 * Records what a person of the staff created or changed, by the rows that are stored: what the
 * request chose to be shown does not decide what is seen here. A role is recorded whoever gives it.
 */
export const auditChange = {
  beforeChange: [
    async ({ collection, data, originalDoc, req }) => {
      const id = (originalDoc as Document | undefined)?.id
      if (id === undefined || !isByStaff(req)) return data
      const row = await loadRow(collection, id, req)
      rememberRow(req, collection.slug, id, row)
      return data
    },
  ],
  afterChange: [
    async (change: Change) => {
      if (isByStaff(change.req)) await recordChange(change)
      else if (givesRole(change)) await recordRole(change)
      return change.doc
    },
  ],
} satisfies CollectionConfig['hooks']

const recordChange = async ({ collection, data, doc, operation, req }: Change) => {
  const subject = collection.slug
  const row = await loadRow(collection, doc.id, req)
  const before = recallRow(req, subject, doc.id) ?? null
  const seen = before ? changedFields(before, row) : { before, after: row }
  if (!seen) return // saved without a change
  const reason = reasonOf(req, data)
  await recordAudit({ req, action: operation, subject, subjectId: doc.id, ...seen, reason })
}

const givesRole = ({ collection, data, operation, previousDoc }: Change): boolean => {
  const before = operation === 'update' ? previousDoc.role : 'member'
  return collection.slug === 'users' && data.role !== undefined && data.role !== before
}

const recordRole = async ({ collection, data, doc, operation, previousDoc, req }: Change) => {
  await recordAudit({
    req,
    action: operation,
    subject: collection.slug,
    subjectId: doc.id,
    before: operation === 'update' ? { role: previousDoc.role } : null,
    after: { role: data.role },
    reason: reasonOf(req, data),
  })
}
