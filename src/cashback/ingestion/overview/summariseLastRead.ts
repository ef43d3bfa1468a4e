/** The part of a run that its network's card shows. Instants in ISO 8601. */
export type BriefRun = {
  status: 'running' | 'completed' | 'failed' | 'stopped'
  /** `replay` if stored pages were ingested again. */
  windowBy: string
  startedAt: string
  endedAt: string | null
  rows: number
  created: number
  changed: number
  errorCode: string | null
}
export type LastRead = { created: number; changed: number; same: number }

/** Windows of one read follow each other at once; the next read starts an hour later or more. */
const PAUSE_MS = 60_000

/**
 * Sums the counts of the last read. One read is several runs, one for each window, and all of them
 * must complete. `changed` of a run includes its new transactions; here each is counted once. Null
 * if the last read failed, or if there was none. Expects the newest run first.
 */
export const summariseLastRead = (runs: BriefRun[]): LastRead | null => {
  const ended = runs.filter(({ status, windowBy }) => status !== 'running' && windowBy !== 'replay')
  if (ended[0]?.status !== 'completed') return null
  const sum = { created: 0, changed: 0, same: 0 }
  for (const [index, run] of ended.entries()) {
    const later = ended[index - 1]
    if (run.status !== 'completed' || (later && !follows(later, run))) break
    sum.created += run.created
    sum.changed += Math.max(0, run.changed - run.created)
    sum.same += Math.max(0, run.rows - Math.max(run.changed, run.created))
  }
  return sum
}

const follows = (later: BriefRun, earlier: BriefRun): boolean =>
  Date.parse(later.startedAt) - Date.parse(earlier.endedAt ?? earlier.startedAt) < PAUSE_MS
