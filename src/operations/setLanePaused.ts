import type { PayloadRequest } from 'payload'

import { dbIn } from '../database/dbIn.ts'
import { wakeWorkers } from '../database/wakeWorkers.ts'
import type { Lane } from '../messaging/types.ts'

/**
 * Pauses or resumes a lane, in the caller's transaction and with the caller's rights; audited as a
 * change of settings. Waiting workers are notified on commit.
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
  wakeWorkers(await dbIn(req), 'outbox')
}
