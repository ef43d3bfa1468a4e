import type { Endpoint, PayloadRequest } from 'payload'

import { now as clockNow } from '../../../src/clock.ts'
import { inTransaction } from '../../../src/ledger/inTransaction.ts'
import { readerOf } from '../../../src/ledger/readerOf.ts'
import { openNetworks } from '../../../src/sync/networkRow.ts'
import { requestSync, type SyncRequestRow } from '../../../src/sync/requestSync.ts'
import { syncWanted } from '../syncWanted.ts'

/**
 * `POST /api/networks/sync`: asks for every network that is on. Those that were asked for already
 * stay so, and networks of files are passed over: `skipped` names them with why.
 */
export const askForAll: Endpoint = {
  path: '/sync',
  method: 'post',
  handler: async (req) => {
    const now = clockNow()
    const asked = await syncWanted(req, now)
    return Response.json(await inTransaction(req, () => askAll(req, { ...asked, now })), {
      status: 201,
    })
  },
}

type Asked = Omit<Parameters<typeof requestSync>[0], 'network' | 'req'>

const askAll = async (req: PayloadRequest, asked: Asked) => {
  const requests: SyncRequestRow[] = []
  const skipped: { network: string; code: string }[] = []
  for (const network of await openNetworks(await readerOf(req))) {
    try {
      requests.push(await requestSync({ ...asked, req, network }))
    } catch (error) {
      const { code } = error as { code?: string }
      // What is refused before anything is written; any other error ends all of it.
      if (code !== 'sync.already-asked' && code !== 'sync.nothing-to-ask') throw error
      skipped.push({ network: network.id, code })
    }
  }
  return { requests, skipped }
}
