import { formatNextRun } from '../../../src/admin/format/formatNextRun.ts'
import { Panel } from '../../../src/admin/layout/Panel.tsx'
import { Sign, type SignName } from '../../../src/admin/status/Sign.tsx'
import type { Times } from '../../../src/admin/format/times.ts'
import { labelOf } from '../../../src/domain/labels.ts'
import type { JobState } from '../../../src/operations/jobStates.ts'
import type { OperationsStats } from '../../../src/operations/operationsStats.ts'
import { ActNow } from '../../../src/admin/actions/ActNow.tsx'
import { describeLastRun } from './describeLastRun.ts'

const SIGNS: Partial<Record<JobState['status'], [SignName, string]>> = {
  completed: ['check', 't-good'],
  'standing-by': ['check', 't-good'],
  failed: ['warning', 't-fail'],
  'no-worker': ['warning', 't-fail'],
  requested: ['clock', 't-muted'],
  running: ['clock', 't-muted'],
}

/** The jobs with their next and last runs, and a button to run each now. */
export const NextRuns = ({
  onDone,
  stats,
  times,
}: {
  onDone: () => void
  stats: OperationsStats
  times: Times
}) => {
  const isAnyAlive = stats.workers.some(({ isAlive }) => isAlive)
  return (
    <Panel aside={<span className="t-muted">{times.zone}</span>} title="Next runs">
      <ul className="t-queues__list">
        {stats.jobs.map((job) => (
          <li key={job.name}>
            <span>
              {labelOf(job.name)}
              <span className="t-sub">{describeNextRun(job, stats.at, times)}</span>
              <LastRun job={job} times={times} />
            </span>
            <ActNow
              done={
                isAnyAlive
                  ? `${labelOf(job.name)} is requested. A worker starts it now.`
                  : `${labelOf(job.name)} is requested. It starts with the next worker.`
              }
              isDisabled={job.status === 'requested'}
              label="Run now"
              name={`Run ${labelOf(job.name)} now`}
              onDone={onDone}
              path={`/v1/queue/jobs/${job.name}/run`}
            />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

const describeNextRun = (
  { nextRunAt, status, words }: JobState,
  now: string,
  times: Times,
): string => {
  if (status === 'standing-by' || status === 'no-worker' || !nextRunAt) return words
  return `${formatNextRun(nextRunAt, { now, timeZone: times.timeZone })} · ${words}`
}

const LastRun = ({ job, times }: { job: JobState; times: Times }) => {
  const [sign, tone] = SIGNS[job.status] ?? ['dash', 't-muted']
  return (
    <span className="t-queues__last">
      <span className={tone}>
        <Sign name={sign} />
      </span>
      <span>
        {describeLastRun(job)}
        {job.lastRun && <span className="t-muted"> · {times.short(job.lastRun)}</span>}
      </span>
    </span>
  )
}
