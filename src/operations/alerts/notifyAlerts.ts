import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { dbIn } from '../../database/dbIn.ts'
import { type Notice, queueNotifications } from '../../messaging/outbox/queueNotifications.ts'
import { operationsAlert } from '../../messaging/templates/operationsAlert.ts'
import { type Alert, findAlerts } from './findAlerts.ts'

export type AlertOptions = {
  /** Where this server is reached from outside. */
  publicUrl: string
  /** Days after which a withdrawal waits too long for approval. */
  overdueDays: number
}

/**
 * Notifies every admin of what an operator has to look at: of each kind once a day (UTC) while it
 * lasts. Returns the alerts.
 *
 * @throws DomainError `ledger.no-transaction` the request carries no transaction
 */
export const notifyAlerts = async (
  req: PayloadRequest,
  { now, overdueDays, publicUrl }: AlertOptions & { now: Date },
): Promise<Alert[]> => {
  const db = await dbIn(req)
  const alerts = await findAlerts(db, { now, overdueDays })
  if (alerts.length === 0) return []
  const { rows: admins } = await db.execute<{ id: string; name: string | null }>(
    sql`select id::text, name from users where role = 'admin' order by id`,
  )
  const day = now.toISOString().slice(0, 10)
  const notices = alerts.flatMap(({ count, kind, path }) =>
    admins.map(({ id: user, name }): Notice => {
      const data = { name, kind, count, page: new URL(path, publicUrl).href }
      const key = `operations-alert:${kind}:${day}:${user}`
      return { key, user, template: operationsAlert, data }
    }),
  )
  await queueNotifications(req, notices, now)
  return alerts
}
