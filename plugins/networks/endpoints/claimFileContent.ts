import { sql } from '@payloadcms/db-postgres'
import type { Endpoint } from 'payload'

import { dispositionOf } from '../../../src/claims/fileName.ts'
import { readerOf } from '../../../src/ledger/readerOf.ts'
import { notFound } from '../../notFound.ts'
import { requireMember } from '../../requireMember.ts'
import { routeId } from '../../routeId.ts'

/**
 * `GET /api/claim-files/:id/content`: the file, for whoever uploaded it and for staff. To be saved,
 * never shown: strangers made it, and a browser must not run it as ours.
 */
export const claimFileContent: Endpoint = {
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
    const db = await readerOf(req)
    const { rows } = await db.execute<{ content: Buffer }>(
      sql`select content from claim_file_bytes where file_id = ${file.id}`,
    )
    if (!rows[0]) throw notFound()
    return new Response(new Uint8Array(rows[0].content), {
      headers: {
        'Cache-Control': 'private, no-store',
        'Content-Disposition': dispositionOf(file.name),
        'Content-Security-Policy': "default-src 'none'; sandbox",
        'Content-Type': file.type,
        'Cross-Origin-Resource-Policy': 'same-origin',
        'X-Content-Type-Options': 'nosniff',
      },
    })
  },
}
