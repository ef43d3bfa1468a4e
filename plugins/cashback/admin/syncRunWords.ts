import { ageInWords } from '../../../src/admin/format/ageInWords.ts'
import { formatCount } from '../../../src/admin/format/counts.ts'
import type { RecentRun } from '../../../src/cashback/ingestion/overview/listRecentRuns.ts'

/** How a run ended, as a name of a pill and a word. */
export const resultOf = ({ quarantined, status }: RecentRun): { status: string; word: string } => {
  if (status === 'completed' && quarantined > 0) return { status: 'partly', word: 'Partly' }
  if (status === 'completed') return { status, word: 'Done' }
  return { status, word: status.charAt(0).toUpperCase() + status.slice(1) }
}

/**
 * What has to be said of a run beside its figures: what failed, what was kept aside, who asked.
 *
 * @example noteOf(run) // '3 rows quarantined. By Meera Nair: late approvals'
 */
export const noteOf = ({ asked, error, quarantined, windowBy }: RecentRun): string => {
  const rows = `${formatCount(quarantined)} ${quarantined === 1 ? 'row' : 'rows'} quarantined`
  return [
    ...(error ? [error] : []),
    ...(quarantined > 0 ? [rows] : []),
    ...(windowBy === 'change' ? ['What changed'] : []),
    ...(asked ? [askedWords(asked)] : []),
  ].join('. ')
}

const askedWords = ({ by, mode, note }: NonNullable<RecentRun['asked']>): string => {
  const who = `${mode === 'replay' ? 'Stored pages again, by' : 'By'} ${by ?? 'the command line'}`
  return note ? `${who}: ${note}` : who
}

/**
 * How long a run took, with tenths as long as they say something.
 *
 * @example tookWords('2026-11-20T02:00:00Z', '2026-11-20T02:00:06.140Z') // '6.1 s'
 */
export const tookWords = (from: string, to: string | null): string => {
  if (to === null) return '—'
  const seconds = Math.max(0, Date.parse(to) - Date.parse(from)) / 1_000
  return seconds < 10 ? `${seconds.toFixed(1)} s` : ageInWords(seconds)
}

/**
 * The days of a window in a person's zone; its end is not in it.
 *
 * @example windowWords('2026-11-15T18:30:00Z', '2026-11-20T09:00:00Z', 'Asia/Kolkata') // '16 – 20 Nov'
 */
export const windowWords = (from: string, to: string, timeZone: string): string => {
  const days = new Intl.DateTimeFormat('en-IN', { day: 'numeric', month: 'short', timeZone })
  const start = new Date(from)
  const end = new Date(Math.max(start.getTime(), Date.parse(to) - 1))
  // Servers and browsers space a range differently.
  return days.formatRange(start, end).replace(/\s*–\s*/, ' – ')
}
