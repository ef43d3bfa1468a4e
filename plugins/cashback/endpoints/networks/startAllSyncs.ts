import type { Endpoint, PayloadRequest } from 'payload'

import { now as clockNow } from '../../../../src/platform/clock.ts'
import { inTransaction } from '../../../../src/database/inTransaction.ts'
import { readDb } from '../../../../src/database/readDb.ts'
import { loadActiveNetworks } from '../../../../src/cashback/ingestion/networkStore.ts'
import {
  requestSync,
  type SyncRequestRow,
} from '../../../../src/cashback/ingestion/sync/requestStore.ts'
import { readSyncRequest } from './readSyncRequest.ts'

/**
 * `POST /api/networks/sync`: requests a sync of every active network. `skipped` lists the networks
 * with an open request and those that are read from files, each with its error code.
 */
export const startAllSyncs: Endpoint = {
  path: '/sync',
  method: 'post',
  handler: async (req) => {
    const now = clockNow()
    const input = await readSyncRequest(req, now)
    const result = await inTransaction(req, () => requestEach(req, { ...input, now }))
    return Response.json(result, { status: 201 })
  },
}

type SyncInput = Omit<Parameters<typeof requestSync>[0], 'network' | 'req'>

const requestEach = async (req: PayloadRequest, input: SyncInput) => {
  const requests: SyncRequestRow[] = []
  const skipped: { network: string; code: string }[] = []
  for (const network of await loadActiveNetworks(await readDb(req))) {
    try {
      requests.push(await requestSync({ ...input, req, network }))
    } catch (error) {
      const { code } = error as { code?: string }
      // These refusals come before anything is written. Any other error rolls back all requests.
      if (code !== 'sync.already-requested' && code !== 'sync.nothing-to-fetch') throw error
      skipped.push({ network: network.id, code })
    }
  }
  return { requests, skipped }
}
