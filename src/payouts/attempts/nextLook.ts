import { addDays } from '../../domain/dates.ts'
import type { AttemptStatus } from '../../domain/payouts/attemptStates.ts'

const MINUTE_MS = 60_000

/** Minutes after the look-ups of an open attempt: often at first, then four times a day. */
const OPEN = [1, 2, 5, 15, 60, 360]
/** Days for which a paid or failed attempt may still change: banks return money days later. */
const WATCHED_DAYS = 10

type Looked = { status: AttemptStatus; lookCount: number; createdAt: string; now: Date }

/**
 * Returns when to look an attempt up again, as ISO text; null for never. Open attempts are looked up
 * until they are final, and final ones once a day for ten days: no webhook announces every return.
 */
export const nextLook = ({ createdAt, lookCount, now, status }: Looked): string | null => {
  if (status === 'returned') return null
  if (status === 'settled' || status === 'failed') {
    return now < addDays(new Date(createdAt), WATCHED_DAYS) ? addDays(now, 1).toISOString() : null
  }
  const minutes = OPEN[Math.min(lookCount, OPEN.length - 1)] ?? 360
  return new Date(now.getTime() + minutes * MINUTE_MS).toISOString()
}
