import type { Endpoint } from 'payload'

import { requireStaff } from '../../../http/requireRole.ts'
import { loadOverview } from '../../admin/networks/loadOverview.ts'

/** `GET /api/networks/overview`: the state of each network and the latest runs. For staff. */
export const overview: Endpoint = {
  path: '/overview',
  method: 'get',
  handler: async (req) => {
    requireStaff(req)
    return Response.json(await loadOverview(req), { headers: { 'Cache-Control': 'no-store' } })
  },
}
