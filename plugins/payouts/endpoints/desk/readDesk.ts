import type { Endpoint } from 'payload'

import { readDb } from '../../../../src/database/readDb.ts'
import { countDesk } from '../../../../src/payouts/desk/countDesk.ts'
import { parseDeskQuery } from '../../../../src/payouts/desk/deskQuery.ts'
import { listDesk } from '../../../../src/payouts/desk/listDesk.ts'
import { now } from '../../../../src/platform/clock.ts'
import { requireStaff } from '../../../http/requireRole.ts'

/**
 * `GET /api/withdrawals/desk?tab&currency&kind&text&page`: a page of the desk, for staff, with the
 * counts of what is open. Each row has its risk with the reasons. The tab `bank-files` has no rows.
 */
export const readDesk: Endpoint = {
  path: '/desk',
  method: 'get',
  handler: async (req) => {
    requireStaff(req)
    const db = await readDb(req)
    const at = now()
    const { page, tab, ...filters } = parseDeskQuery(Object.fromEntries(req.searchParams))
    const list = tab === 'bank-files' ? null : await listDesk(db, { tab, filters, page, now: at })
    return Response.json(
      { at: at.toISOString(), counts: await countDesk(db, at), tab, ...list },
      { headers: { 'Cache-Control': 'private, no-store' } },
    )
  },
}
