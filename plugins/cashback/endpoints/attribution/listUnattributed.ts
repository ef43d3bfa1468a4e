import type { Endpoint } from 'payload'
import { z } from 'zod'

import { readDb } from '../../../../src/database/readDb.ts'
import { listUnattributed as list } from '../../../../src/cashback/attribution/listUnattributed.ts'
import { requireStaff } from '../../../http/requireRole.ts'
import { parseQuery } from '../../../http/parseQuery.ts'

const limit = 'Request 1 to 100 transactions.'
const page = 'Pages start at 1.'
const Query = z.object({
  limit: z.coerce.number(limit).int(limit).min(1, limit).max(100, limit).default(20),
  page: z.coerce.number(page).int(page).min(1, page).max(10_000, page).default(1),
})

/**
 * `GET /api/network-transactions/unattributed?limit&page`: unattributed transactions with suggested
 * members, best matches first. For staff.
 */
export const listUnattributed: Endpoint = {
  path: '/unattributed',
  method: 'get',
  handler: async (req) => {
    requireStaff(req)
    const { limit, page } = parseQuery(req, Query)
    const rows = await list(await readDb(req), { limit, offset: (page - 1) * limit })
    return Response.json(rows, { headers: { 'Cache-Control': 'no-store' } })
  },
}
