import { nextRunWords } from '../../../src/admin/format/nextRunWords.ts'
import { Panel } from '../../../src/admin/layout/Panel.tsx'
import { Sign, type SignName } from '../../../src/admin/status/Sign.tsx'
import type { Times } from '../../../src/admin/format/times.ts'
import { labelOf } from '../../../src/domain/labels.ts'
import type { JobState } from '../../../src/operations/jobStates.ts'
import type { OperationsStats } from '../../../src/operations/operationsStats.ts'
import { ActNow } from '../../../src/admin/actions/ActNow.tsx'
import { lastRunWords } from './runWords.ts'

const SIGNS: Partial<Record<JobState['status'], [SignName, string]>> = {
  completed: ['check', 't-good'],
  'standing-by': ['check', 't-good'],
  failed: ['warning', 't-fail'],
  'no-worker': ['warning', 't-fail'],
  requested: ['clock', 't-muted'],
  running: ['clock', 't-muted'],
}

/** What runs next, how its last run ended, and a button to run it now. */
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
              <span className="t-sub">{whenOf(job, stats.at, times)}</span>
              <LastRun job={job} times={times} />
            </span>
            <ActNow
              done={
                isAnyAlive
                  ? `${labelOf(job.name)} was asked for; a worker starts it now.`
                  : `${labelOf(job.name)} was asked for; it starts when a worker does.`
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

const whenOf = ({ nextRunAt, status, words }: JobState, now: string, times: Times): string => {
  if (status === 'standing-by' || status === 'no-worker' || !nextRunAt) return words
  return `${nextRunWords(nextRunAt, { now, timeZone: times.timeZone })} · ${words}`
}

const LastRun = ({ job, times }: { job: JobState; times: Times }) => {
  const [sign, tone] = SIGNS[job.status] ?? ['dash', 't-muted']
  return (
    <span className="t-queues__last">
      <span className={tone}>
        <Sign name={sign} />
      </span>
      <span>
        {lastRunWords(job)}
        {job.lastRun && <span className="t-muted"> · {times.short(job.lastRun)}</span>}
      </span>
    </span>
  )
}
