import { sql } from '@payloadcms/db-postgres'
import { index } from '@payloadcms/db-postgres/drizzle/pg-core'

import { type Columns, rules, type SchemaHook, tableOf } from './columns.ts'

/** Partial indexes of the queue: for rows with work left, and for sent rows. */
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
      // For the monitor, which counts what was sent in the last hour.
      left: index('notifications_left')
        .on(t.sentAt)
        .where(sql`sent_at is not null`),
    })),
  })
  return schema
}
