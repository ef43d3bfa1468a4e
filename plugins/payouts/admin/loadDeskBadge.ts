import type { Payload } from 'payload'

import { formatCount } from '../../../src/admin/format/counts.ts'
import { readDb } from '../../../src/database/readDb.ts'
import { countDesk } from '../../../src/payouts/desk/countDesk.ts'
import { now } from '../../../src/platform/clock.ts'
import type { Badge } from '../../adminViews/AdminViewLink.tsx'

/**
 * The badge of the withdrawal desk: payments that were reported late, else those in doubt, else what
 * waits for an approval or is on hold beyond its next date.
 */
export const loadDeskBadge = async (payload: Payload): Promise<Badge | null> => {
  const counts = await countDesk(await readDb({ payload }), now())
  if (counts['paid-late'] > 0) {
    return { text: `${formatCount(counts['paid-late'])} paid late`, isBad: true }
  }
  if (counts['in-doubt'] > 0) {
    return { text: `${formatCount(counts['in-doubt'])} in doubt`, isBad: true }
  }
  const waiting = counts.waiting + counts.overdue
  return waiting > 0 ? { text: formatCount(waiting), isBad: false } : null
}
