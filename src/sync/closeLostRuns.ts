import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'

/** Closes what a process left behind that was killed. For whoever holds the network's lock. */
export const closeLostRuns = async (
  db: Database,
  { network, now }: { network: string; now: Date },
): Promise<void> => {
  const at = now.toISOString()
  await db.execute(sql`
    update sync_runs set status = 'failed', ended_at = ${at}, updated_at = ${at},
      error_code = 'sync.worker-lost', error = 'its process ended before it did'
    where network_id = ${network} and status = 'running'`)
}
