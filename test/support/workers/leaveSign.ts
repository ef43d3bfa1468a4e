import { sql } from '@payloadcms/db-postgres'

import { readDb } from '../../../src/database/readDb.ts'
import { defineJob } from '../../../src/platform/jobs/defineJob.ts'

/** A job for tests: inserts one row with the number of the requested run; a repeat inserts none. */
export const leaveSign = defineJob({
  name: 'leave-sign',
  kind: 'maintenance',
  concurrency: 20,
  lockMinutes: 0.1,

  async run({ data, now, payload }) {
    const { n } = data as { n: number }
    const db = await readDb({ payload })
    await db.execute(sql`
      insert into inbound_events (id, source, event_id, status, body, received_at)
      values (time_ordered_uuid(), 'sign', ${String(n)}, 'applied', '{}', ${now.toISOString()})
      on conflict (source, event_id) do nothing`)
    return { n }
  },
})
