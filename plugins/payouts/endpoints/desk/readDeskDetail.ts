import type { Endpoint } from 'payload'

import { readDb } from '../../../../src/database/readDb.ts'
import { loadDeskDetail } from '../../../../src/payouts/desk/loadDeskDetail.ts'
import { now } from '../../../../src/platform/clock.ts'
import { notFound } from '../../../http/notFound.ts'
import { requireStaff } from '../../../http/requireRole.ts'
import { routeId } from '../../../http/routeId.ts'

/**
 * `GET /api/withdrawals/:id/desk`: one withdrawal with all that decides about it, for staff: amounts,
 * risk, earnings behind the balance, approvals, attempts and other withdrawals of the member.
 */
export const readDeskDetail: Endpoint = {
  path: '/:id/desk',
  method: 'get',
  handler: async (req) => {
    requireStaff(req)
    const detail = await loadDeskDetail(await readDb(req), { id: routeId(req), now: now() })
    if (!detail) throw notFound()
    return Response.json(detail, { headers: { 'Cache-Control': 'private, no-store' } })
  },
}
