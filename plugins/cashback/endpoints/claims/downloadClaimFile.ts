import { sql } from '@payloadcms/db-postgres'
import type { Endpoint } from 'payload'

import { toContentDisposition } from '../../../../src/cashback/claims/cleanFileName.ts'
import { readDb } from '../../../../src/database/readDb.ts'
import { notFound } from '../../../http/notFound.ts'
import { requireMember } from '../../../http/requireRole.ts'
import { routeId } from '../../../http/routeId.ts'

/**
 * `GET /api/claim-files/:id/content`: the file, for the member who uploaded it and for staff. The
 * browser saves it and never shows it: a stranger made it, and it must not run on our origin.
 */
export const downloadClaimFile: Endpoint = {
  path: '/:id/content',
  method: 'get',
  handler: async (req) => {
    requireMember(req)
    const { docs } = await req.payload.find({
      collection: 'claim-files',
      where: { id: { equals: routeId(req) } },
      depth: 0,
      limit: 1,
      pagination: false,
      overrideAccess: false,
      user: req.user,
      req,
    })
    const [file] = docs
    if (!file) throw notFound()
    const db = await readDb(req)
    const { rows } = await db.execute<{ content: Buffer }>(
      sql`select content from claim_file_bytes where file_id = ${file.id}`,
    )
    if (!rows[0]) throw notFound()
    return new Response(new Uint8Array(rows[0].content), {
      headers: {
        'Cache-Control': 'private, no-store',
        'Content-Disposition': toContentDisposition(file.name),
        'Content-Security-Policy': "default-src 'none'; sandbox",
        'Content-Type': file.type,
        'Cross-Origin-Resource-Policy': 'same-origin',
        'X-Content-Type-Options': 'nosniff',
      },
    })
  },
}
