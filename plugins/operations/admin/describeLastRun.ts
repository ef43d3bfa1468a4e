import { formatCount } from '../../../src/admin/format/counts.ts'
import { labelOf } from '../../../src/domain/labels.ts'
import type { JobState } from '../../../src/operations/jobStates.ts'

/** The result of a job's last run: its counts, or its error. */
export const describeLastRun = ({ error, report, status }: JobState): string => {
  if (status === 'failed') return `Failed: ${error ?? 'no reason was recorded'}`
  if (status !== 'completed') return labelOf(status)
  const counts = Object.entries((report ?? {}) as Record<string, unknown>).flatMap(
    ([name, value]) => (typeof value === 'number' && value > 0 ? [[name, value] as const] : []),
  )
  return (
    counts.map(([name, count]) => `${formatCount(count)} ${name}`).join(', ') || 'Nothing to do'
  )
}
