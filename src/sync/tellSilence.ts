import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { transactionOf } from '../ledger/transactionOf.ts'
import { networkSilent } from '../messaging/templates/networkSilent.ts'
import { type Notice, queueNotifications } from '../outbox/queueNotifications.ts'
import { silentNetworks } from './silentNetworks.ts'

/**
 * Writes to every admin about each network that is silent: once for each silence, however long it
 * lasts, and again when it heals and falls silent anew. Answers the networks' names.
 */
export const tellSilence = async (req: PayloadRequest, now: Date): Promise<string[]> => {
  const db = await transactionOf(req)
  const silent = await silentNetworks(db, now)
  if (silent.length === 0) return []
  const { rows: admins } = await db.execute<{ id: string; name: string | null }>(
    sql`select id::text, name from users where role = 'admin' order by id`,
  )
  const notices = silent.flatMap(({ id, kind, name: network, problem, since }) =>
    admins.map(({ id: user, name }): Notice => {
      const data = { name, network, kind, since, problem }
      const key = `network-silent:${id}:${since}:${user}`
      return { key, user, template: networkSilent, data }
    }),
  )
  await queueNotifications(req, notices, now)
  return silent.map(({ name }) => name)
}
