import type { Endpoint } from 'payload'

import { requireStaff } from '../../requireStaff.ts'
import { loadOverview } from '../admin/loadOverview.ts'

/** `GET /api/networks/overview`: how fresh each network is and what was read, for the staff. */
export const overview: Endpoint = {
  path: '/overview',
  method: 'get',
  handler: async (req) => {
    requireStaff(req)
    return Response.json(await loadOverview(req), { headers: { 'Cache-Control': 'no-store' } })
  },
}
