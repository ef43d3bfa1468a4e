import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { addDays } from '../domain/dates.ts'
import { describeFieldChange } from '../domain/changes/describeFieldChange.ts'
import { dbIn } from '../database/dbIn.ts'
import { type Notice, queueNotifications } from '../messaging/outbox/queueNotifications.ts'
import { changeRequested } from '../messaging/templates/changeRequested.ts'
import type { ChangeRow } from './changeStore.ts'

/**
 * Notifies all staff of a change that waits, and everybody with a role that changed within the
 * cool-down: otherwise an admin could take the role of others away first, and they would not learn
 * of it.
 */
export const notifyStaff = async (
  req: PayloadRequest,
  change: Omit<ChangeRow, 'status'>,
  { coolDownDays, now }: { coolDownDays: number; now: Date },
): Promise<void> => {
  const db = await dbIn(req)
  const since = addDays(now, -coolDownDays).toISOString()
  const { rows } = await db.execute<{ id: string; name: string | null; by: string }>(sql`
    select u.id::text, u.name,
      (select coalesce(name, email) from users where id = ${change.requestedBy}) as by
    from users u
    where u.role in ('support', 'finance', 'admin')
      or u.id::text in (
        select account from account_changes where change = 'role' and at > ${since})
    order by u.id`)
  const { changes, id, subject, takesEffectAt, title } = change
  const lines = changes.map((one) => describeFieldChange(subject, one))
  const notices = rows.map(({ by, id: user, name }): Notice => ({
    key: `change-requested:${id}:${user}`,
    user,
    template: changeRequested,
    data: { name, by, title, lines, takesEffectAt },
  }))
  await queueNotifications(req, notices, now)
}
