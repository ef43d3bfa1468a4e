import { sql } from '@payloadcms/db-postgres'
import { index } from '@payloadcms/db-postgres/drizzle/pg-core'

import { type Columns, rules, type SchemaHook, tableOf } from '../schema/columns.ts'

/** Indexes of the queue: of rows that still have something before them, and of those that left. */
export const outboxSchema: SchemaHook = ({ extendTable, schema }) => {
  extendTable({
    table: tableOf(schema.tables, 'notifications'),
    extraConfig: rules((t: Columns<'lane' | 'leaseUntil' | 'nextAttemptAt' | 'sentAt'>) => ({
      due: index('notifications_due')
        .on(t.lane, t.nextAttemptAt)
        .where(sql`status = 'pending'`),
      leased: index('notifications_leased')
        .on(t.leaseUntil)
        .where(sql`status = 'sending'`),
      waiting: index('notifications_waiting')
        .on(t.nextAttemptAt)
        .where(sql`status in ('pending', 'unknown')`),
      // What left in the last hour, for the monitor.
      left: index('notifications_left')
        .on(t.sentAt)
        .where(sql`sent_at is not null`),
    })),
  })
  return schema
}
