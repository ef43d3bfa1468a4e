import type { GlobalConfig, PayloadRequest, SanitizedGlobalConfig } from 'payload'

import { isByStaff } from '../src/audit/actorOf.ts'
import { changedFields, type Row } from '../src/audit/changedFields.ts'
import { reasonOf } from '../src/audit/reasonOf.ts'
import { recordAudit } from '../src/audit/recordAudit.ts'
import { recallRow, rememberRow } from '../src/audit/rememberRow.ts'
import { storedFields } from '../src/audit/storedFields.ts'

/**
 * Records what a person of the staff changed in a global, also by restoring an earlier version.
 * It is read before, since a restored version comes with no faithful picture of what it replaced.
 */
export const auditGlobal = {
  beforeOperation: [
    async ({ global, operation, req }) => {
      if (!['restoreVersion', 'update'].includes(operation) || !isByStaff(req)) return
      const row = await loadGlobal(global, req)
      rememberRow(req, global.slug, null, row)
    },
  ],
  afterChange: [
    async ({ data, global, req }) => {
      const before = recallRow(req, global.slug, null)
      const seen = before && changedFields(before, await loadGlobal(global, req))
      if (!seen) return
      const reason = reasonOf(req, data)
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
