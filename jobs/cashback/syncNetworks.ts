import { readDb } from '../../src/database/readDb.ts'
import { isPolled, loadActiveNetworks } from '../../src/cashback/ingestion/networkStore.ts'
import { listGivenUp } from '../../src/cashback/ingestion/sync/runLog.ts'
import {
  syncAll,
  syncNetwork,
  type SyncResult,
} from '../../src/cashback/ingestion/sync/syncNetwork.ts'
import { defineJob } from '../../src/platform/jobs/defineJob.ts'

/**
 * Reads all networks that are on, side by side: one that fails, or hangs, stops no other. Its
 * failure is in the report and in its run. The next run begins where the last good one ended. The
 * schedule leaves out a network that ended several workers; a requested run reads it too.
 */
export const syncNetworks = defineJob({
  name: 'sync-networks',
  kind: 'sync',
  schedule: '0 2 * * *',
  lockMinutes: 240,

  async run({ isRequested = false, payload, signal }) {
    const db = await readDb({ payload })
    const rows = (await loadActiveNetworks(db)).filter(isPolled)
    const givenUp = isRequested ? new Set<string>() : await listGivenUp(db)
    const work = async (row: (typeof rows)[number]) =>
      givenUp.has(row.id) ? LEFT_ALONE : syncNetwork({ payload, network: row, signal })
    const ends = await syncAll({ payload, rows, work })
    return Object.fromEntries(ends.map(({ end, network }) => [network, formatResult(end)]))
  },
})

const LEFT_ALONE: SyncResult = { status: 'skipped', why: 'its last read was given up' }

const formatResult = (end: SyncResult): string => {
  if ('errorCode' in end) return `${end.status}: ${end.errorCode}`
  return 'why' in end ? `${end.status}: ${end.why}` : end.status
}
