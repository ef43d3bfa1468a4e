import { readerOf } from '../src/ledger/readerOf.ts'
import { isAsked } from '../src/sync/isAsked.ts'
import { openNetworks } from '../src/sync/networkRow.ts'
import { syncAll } from '../src/sync/syncAll.ts'
import { type SyncEnd, syncNetwork } from '../src/sync/syncNetwork.ts'
import { defineJob } from './defineJob.ts'

/**
 * Reads what all networks have to tell, side by side: one that fails, or hangs, stops no other. What
 * failed is in the report and in its run; the next one begins where the last good one ended.
 */
export const syncNetworks = defineJob({
  name: 'sync-networks',
  kind: 'sync',
  schedule: '0 2 * * *',
  lockMinutes: 240,

  async run({ payload, signal }) {
    const rows = (await openNetworks(await readerOf({ payload }))).filter(isAsked)
    const work = (row: (typeof rows)[number]) => syncNetwork({ payload, row, signal })
    const ends = await syncAll({ payload, rows, work })
    return Object.fromEntries(ends.map(({ end, network }) => [network, wordsOf(end)]))
  },
})

const wordsOf = (end: SyncEnd): string => {
  if ('errorCode' in end) return `${end.status}: ${end.errorCode}`
  return 'why' in end ? `${end.status}: ${end.why}` : end.status
}
