import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { transactionOf } from '../ledger/transactionOf.ts'
import type { Lane } from '../messaging/types.ts'

/**
 * Lets a lane rest, or go on, in the caller's transaction and with the caller's rights; audited as
 * a change of the settings. Workers that wait hear of it once that is committed.
 */
export const setLanePaused = async ({
  isPaused,
  lane,
  req,
}: {
  isPaused: boolean
  lane: Lane
  req: PayloadRequest
}): Promise<void> => {
  await req.payload.updateGlobal({
    slug: 'messaging-config',
    data: { [`${lane}Paused`]: isPaused },
    depth: 0,
    overrideAccess: false,
    user: req.user,
    req,
  })
  const db = await transactionOf(req)
  await db.execute(sql`select pg_notify('outbox', '')`)
}
