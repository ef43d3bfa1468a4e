import type { Endpoint } from 'payload'

import { now as clockNow } from '../../../src/clock.ts'
import { inTransaction } from '../../../src/ledger/inTransaction.ts'
import { readerOf } from '../../../src/ledger/readerOf.ts'
import { networkRow } from '../../../src/sync/networkRow.ts'
import { requestSync } from '../../../src/sync/requestSync.ts'
import { routeId } from '../../routeId.ts'
import { syncWanted } from '../syncWanted.ts'

/**
 * `POST /api/networks/:id/sync` `{from?, to?, mode?: 'ask' | 'replay', note?}`: asks for that
 * network now, or for its stored pages; a worker takes it up.
 */
export const askForSync: Endpoint = {
  path: '/:id/sync',
  method: 'post',
  handler: async (req) => {
    const now = clockNow()
    const { askedBy, wanted } = await syncWanted(req, now)
    const request = await inTransaction(req, async () => {
      const network = await networkRow(await readerOf(req), routeId(req))
      return requestSync({ req, network, wanted, askedBy, now })
    })
    return Response.json({ request }, { status: 201 })
  },
}
