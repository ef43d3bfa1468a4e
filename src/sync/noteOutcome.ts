import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'
import type { RunEnd } from './syncRun.ts'

/**
 * Keeps in a network's row how it went to ask for all that there is to ask: its success is one of
 * all windows, not of the first. A run that was told to stop says nothing of the network.
 */
export const noteOutcome = async (
  db: Database,
  { end, network, now }: { network: string; end: RunEnd; now: Date },
): Promise<void> => {
  if (end.status === 'stopped') return
  const at = now.toISOString()
  const isGood = end.status === 'completed'
  const problem = end.status === 'failed' ? end.error : null
  await db.execute(sql`
    update networks set last_run_at = ${at}, last_problem = ${problem},
      last_success_at = case when ${isGood} then ${at}::timestamptz else last_success_at end
    where id = ${network}`)
}
