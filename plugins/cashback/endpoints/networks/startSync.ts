import type { Endpoint } from 'payload'

import { now as clockNow } from '../../../../src/platform/clock.ts'
import { inTransaction } from '../../../../src/database/inTransaction.ts'
import { readDb } from '../../../../src/database/readDb.ts'
import { loadNetwork } from '../../../../src/cashback/ingestion/networkStore.ts'
import { requestSync } from '../../../../src/cashback/ingestion/sync/requestStore.ts'
import { routeId } from '../../../http/routeId.ts'
import { readSyncRequest } from './readSyncRequest.ts'

/**
 * `POST /api/networks/:id/sync` `{from?, to?, mode?: 'fetch' | 'replay', note?}`: requests a sync of
 * the network, or a replay of its stored pages. A worker runs it.
 */
export const startSync: Endpoint = {
  path: '/:id/sync',
  method: 'post',
  handler: async (req) => {
    const now = clockNow()
    const { requestedBy, wanted } = await readSyncRequest(req, now)
    const request = await inTransaction(req, async () => {
      const network = await loadNetwork(await readDb(req), routeId(req))
      return requestSync({ req, network, wanted, requestedBy, now })
    })
    return Response.json({ request }, { status: 201 })
  },
}
