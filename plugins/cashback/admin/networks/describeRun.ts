import { formatSeconds } from '../../../../src/admin/format/formatSeconds.ts'
import { formatCount } from '../../../../src/admin/format/counts.ts'
import type { RecentRun } from '../../../../src/cashback/ingestion/overview/listRecentRuns.ts'

/** The result of a run, as the status of a pill and its text. */
export const describeRunResult = ({
  quarantined,
  status,
}: RecentRun): { status: string; word: string } => {
  if (status === 'completed' && quarantined > 0) return { status: 'partly', word: 'Partly' }
  if (status === 'completed') return { status, word: 'Done' }
  return { status, word: status.charAt(0).toUpperCase() + status.slice(1) }
}

/**
 * The note beside the counts of a run: its error, its quarantined rows and who requested it.
 *
 * @example formatRunNote(run) // '3 rows quarantined. By Meera Nair: late approvals'
 */
export const formatRunNote = ({ error, quarantined, request, windowBy }: RecentRun): string => {
  const rows = `${formatCount(quarantined)} ${quarantined === 1 ? 'row' : 'rows'} quarantined`
  return [
    ...(error ? [error] : []),
    ...(quarantined > 0 ? [rows] : []),
    ...(windowBy === 'change' ? ['Read by time of change'] : []),
    ...(request ? [describeRequester(request)] : []),
  ].join('. ')
}

const describeRequester = ({ by, mode, note }: NonNullable<RecentRun['request']>): string => {
  const who = `${mode === 'replay' ? 'Replay by' : 'By'} ${by ?? 'the command line'}`
  return note ? `${who}: ${note}` : who
}

/**
 * The duration of a run, with tenths below ten seconds.
 *
 * @example formatDuration('2026-11-20T02:00:00Z', '2026-11-20T02:00:06.140Z') // '6.1 s'
 */
export const formatDuration = (from: string, to: string | null): string => {
  if (to === null) return '—'
  const seconds = Math.max(0, Date.parse(to) - Date.parse(from)) / 1_000
  return formatSeconds(seconds)
}

/**
 * The days of a window in a person's zone; the end is exclusive.
 *
 * @example formatWindow('2026-11-15T18:30:00Z', '2026-11-20T09:00:00Z', 'Asia/Kolkata') // '16 – 20 Nov'
 */
export const formatWindow = (from: string, to: string, timeZone: string): string => {
  const days = new Intl.DateTimeFormat('en-IN', { day: 'numeric', month: 'short', timeZone })
  const start = new Date(from)
  const end = new Date(Math.max(start.getTime(), Date.parse(to) - 1))
  // Servers and browsers space a range differently.
  return days.formatRange(start, end).replace(/\s*–\s*/, ' – ')
}
