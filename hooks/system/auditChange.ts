import type {
  CollectionAfterChangeHook,
  CollectionConfig,
  GlobalConfig,
  PayloadRequest,
  SanitizedGlobalConfig,
} from 'payload'

import { isByStaffOrMachine } from '../../src/platform/audit/findActor.ts'
import { readReason, recordAudit } from '../../src/platform/audit/recordAudit.ts'
import {
  changedFields,
  loadRow,
  recallRow,
  rememberRow,
  type Row,
  storedFields,
} from '../../src/platform/audit/rowChanges.ts'

type Change = Omit<Parameters<CollectionAfterChangeHook<Document>>[0], 'context' | 'overrideAccess'>
type Document = { id: string; role?: string }

/**
 * Records what staff and machines created or changed. It compares the stored rows, so the fields that the
 * request selects do not matter. A change of a role is recorded for every actor.
 */
export const auditChange = {
  beforeChange: [
    async ({ collection, data, originalDoc, req }) => {
      const id = (originalDoc as Document | undefined)?.id
      if (id === undefined || !isByStaffOrMachine(req)) return data
      const row = await loadRow(collection, id, req)
      rememberRow(req, collection.slug, id, row)
      return data
    },
  ],
  afterChange: [
    async (change: Change) => {
      if (isByStaffOrMachine(change.req)) await recordChange(change)
      else if (changesRole(change)) await recordRole(change)
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
  const reason = readReason(req, data)
  await recordAudit({ req, action: operation, subject, subjectId: doc.id, ...seen, reason })
}

const changesRole = ({ collection, data, operation, previousDoc }: Change): boolean => {
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
    reason: readReason(req, data),
  })
}

/** Records what staff and machines deleted. The row is read before the deletion. */
export const auditDelete = {
  beforeDelete: [
    async ({ collection, id, req }) => {
      if (!isByStaffOrMachine(req)) return
      const row = await loadRow(collection, id, req)
      rememberRow(req, collection.slug, id, row)
    },
  ],
  afterDelete: [
    async ({ collection, id, req }) => {
      const before = recallRow(req, collection.slug, id)
      if (!before) return
      const subject = { subject: collection.slug, subjectId: String(id) }
      await recordAudit({ req, action: 'delete', ...subject, before, reason: readReason(req) })
    },
  ],
} satisfies CollectionConfig['hooks']

/**
 * Records what staff and machines changed in a global, also by restoring an earlier version. The global is read
 * before the operation, because Payload's restore does not pass on the document that it replaces.
 */
export const auditGlobal = {
  beforeOperation: [
    async ({ global, operation, req }) => {
      if (!['restoreVersion', 'update'].includes(operation) || !isByStaffOrMachine(req)) return
      const row = await loadGlobal(global, req)
      rememberRow(req, global.slug, null, row)
    },
  ],
  afterChange: [
    async ({ data, global, req }) => {
      const before = recallRow(req, global.slug, null)
      const seen = before && changedFields(before, await loadGlobal(global, req))
      if (!seen) return
      const reason = readReason(req, data)
      await recordAudit({ req, action: 'update', subject: global.slug, ...seen, reason })
    },
  ],
} satisfies GlobalConfig['hooks']

const loadGlobal = async (
  { flattenedFields, slug }: SanitizedGlobalConfig,
  req: PayloadRequest,
): Promise<Row> => {
  const doc: unknown = await req.payload.findGlobal({
    slug,
    depth: 0,
    draft: true,
    overrideAccess: true,
    showHiddenFields: true,
    req,
  })
  return storedFields(doc, flattenedFields)
}
