/** As much of a run as its network's card says. Instants in ISO 8601. */
export type BriefRun = {
  status: 'running' | 'completed' | 'failed' | 'stopped'
  /** `replay` where nobody was asked, but stored pages were read. */
  windowBy: string
  startedAt: string
  endedAt: string | null
  rows: number
  created: number
  changed: number
  errorCode: string | null
}
export type LastRead = { created: number; changed: number; same: number }

/** Windows of one read follow each other at once; another read comes an hour later or more. */
const PAUSE_MS = 60_000

/**
 * What the last read brought: one read is several runs, one for each window, all of which end well
 * for it to count. `changed` of a run has its new sales in it, here each is named once. Null where
 * the last read failed, or there was none. The newest run is first.
 */
export const lastReadOf = (runs: BriefRun[]): LastRead | null => {
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
