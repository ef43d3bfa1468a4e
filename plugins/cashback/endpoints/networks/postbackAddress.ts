import type { Endpoint } from 'payload'

import { publicAddresses } from '../../../../src/config/publicAddresses.ts'
import { readDb } from '../../../../src/database/readDb.ts'
import { networksOptions } from '../../../../src/cashback/ingestion/sync/networksOptions.ts'
import { postbackAddress as addressOf } from '../../../../src/cashback/ingestion/postbacks/postbackAddress.ts'
import { loadPostbackNetwork } from '../../../../src/cashback/ingestion/networkStore.ts'
import { notFound } from '../../../http/notFound.ts'
import { requireAdmin } from '../../../http/requireRole.ts'
import { routeId } from '../../../http/routeId.ts'

/**
 * `GET /api/networks/:id/postback-address`: the URL for the network's postbacks. For admins. Whoever
 * knows the URL can send postbacks for the network; a new `postbackVersion` makes a new URL.
 */
export const postbackAddress: Endpoint = {
  path: '/:id/postback-address',
  method: 'get',
  handler: async (req) => {
    requireAdmin(req)
    const network = await loadPostbackNetwork(await readDb(req), routeId(req))
    if (!network) throw notFound()
    const { encryptionKey, env } = networksOptions(req.payload)
    const { publicUrl } = publicAddresses(env)
    const address = addressOf({ encryptionKey, network, publicUrl })
    return Response.json({ address }, { headers: { 'Cache-Control': 'no-store' } })
  },
}
