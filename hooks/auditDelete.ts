import type { CollectionConfig } from 'payload'

import { isByStaff } from '../src/audit/actorOf.ts'
import { loadRow } from '../src/audit/loadRow.ts'
import { reasonOf } from '../src/audit/reasonOf.ts'
import { recordAudit } from '../src/audit/recordAudit.ts'
import { recallRow, rememberRow } from '../src/audit/rememberRow.ts'

/** Records what a person of the staff deleted: the row is read before it goes. */
export const auditDelete = {
  beforeDelete: [
    async ({ collection, id, req }) => {
      if (!isByStaff(req)) return
      const row = await loadRow(collection, id, req)
      rememberRow(req, collection.slug, id, row)
    },
  ],
  afterDelete: [
    async ({ collection, id, req }) => {
      const before = recallRow(req, collection.slug, id)
      if (!before) return
      const subject = { subject: collection.slug, subjectId: String(id) }
      await recordAudit({ req, action: 'delete', ...subject, before, reason: reasonOf(req) })
    },
  ],
} satisfies CollectionConfig['hooks']
