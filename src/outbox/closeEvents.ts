import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../ledger/transactionOf.ts'

/** What became of an event that came in; one that is left for later has none. */
export type Verdict = {
  id: string
  status: 'applied' | 'ignored' | 'failed'
  detail: string | null
}

/** Writes down what became of events, in the transaction that did it. */
export const closeEvents = async (
  db: Database,
  { now, verdicts }: { verdicts: Verdict[]; now: Date },
): Promise<void> => {
  if (verdicts.length === 0) return
  await db.execute(sql`
    update inbound_events e set status = c.status::enum_inbound_events_status, detail = c.detail,
      applied_at = ${now.toISOString()}, updated_at = ${now.toISOString()}
    from jsonb_to_recordset(${JSON.stringify(verdicts)}::jsonb) as c (id uuid, status text, detail text)
    where e.id = c.id`)
}
