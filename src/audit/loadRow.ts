import type { PayloadRequest, SanitizedCollectionConfig } from 'payload'

import type { Row } from './changedFields.ts'
import { storedFields } from './storedFields.ts'

/**
 * The whole row as it stands in the request's transaction: below access rules and what reading
 * hides, so that nobody's view of it decides what the log sees. Of a draft, the draft.
 */
export const loadRow = async (
  { flattenedFields, slug, versions }: SanitizedCollectionConfig,
  id: number | string,
  req: PayloadRequest,
): Promise<Row> => {
  const doc: unknown = versions?.drafts
    ? await req.payload.findByID({
        collection: slug,
        id,
        depth: 0,
        draft: true,
        trash: true,
        overrideAccess: true,
        showHiddenFields: true,
        disableErrors: true,
        req,
      })
    : await req.payload.db.findOne({
        collection: slug,
        where: { id: { equals: id } },
        req,
      })
  return storedFields(doc, flattenedFields)
}
