import { formatCount } from '../../../src/admin/format/counts.ts'
import { labelOf } from '../../../src/domain/labels.ts'
import type { JobState } from '../../../src/operations/jobStates.ts'

/** How a job's last run ended, in a few words: what it counted, or why it failed. */
export const lastRunWords = ({ error, report, status }: JobState): string => {
  if (status === 'failed') return `Failed: ${error ?? 'nobody knows why'}`
  if (status !== 'completed') return labelOf(status)
  const counts = Object.entries((report ?? {}) as Record<string, unknown>).flatMap(
    ([name, value]) => (typeof value === 'number' && value > 0 ? [[name, value] as const] : []),
  )
  return (
    counts.map(([name, count]) => `${formatCount(count)} ${name}`).join(', ') || 'Nothing to do'
  )
}
