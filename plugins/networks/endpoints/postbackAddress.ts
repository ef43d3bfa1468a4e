import type { Endpoint } from 'payload'

import { addressesOf } from '../../../src/addressesOf.ts'
import { readerOf } from '../../../src/ledger/readerOf.ts'
import { networksOf } from '../../../src/sync/networksOf.ts'
import { postbackAddress as addressOf } from '../../../src/sync/postbackAddress.ts'
import { postbackNetwork } from '../../../src/sync/postbackNetwork.ts'
import { notFound } from '../../notFound.ts'
import { requireAdmin } from '../../requireAdmin.ts'
import { routeId } from '../../routeId.ts'

/**
 * `GET /api/networks/:id/postback-address`: what an admin gives to the network. Whoever has it can
 * speak for the network; counting `postbackVersion` up makes another one.
 */
export const postbackAddress: Endpoint = {
  path: '/:id/postback-address',
  method: 'get',
  handler: async (req) => {
    requireAdmin(req)
    const network = await postbackNetwork(await readerOf(req), routeId(req))
    if (!network) throw notFound()
    const { encryptionKey, env } = networksOf(req.payload)
    const { publicUrl } = addressesOf(env)
    const address = addressOf({ encryptionKey, network, publicUrl })
    return Response.json({ address }, { headers: { 'Cache-Control': 'no-store' } })
  },
}
