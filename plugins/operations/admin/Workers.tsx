import { formatAge } from '../../../src/admin/format/formatAge.ts'
import { Panel } from '../../../src/admin/layout/Panel.tsx'
import { Sign } from '../../../src/admin/status/Sign.tsx'
import type { WorkerState } from '../../../src/operations/listWorkers.ts'

/** The worker processes, and when each was last seen. */
export const Workers = ({ workers }: { workers: WorkerState[] }) => (
  <Panel aside={<span className="t-muted">last hour</span>} title="Workers">
    {workers.length === 0 && (
      <p>
        No worker is alive. Start one: <span className="t-code">tributary start worker</span>
      </p>
    )}
    <ul className="t-queues__list">
      {workers.map(({ host, isAlive, kinds, pid, seenSeconds, startedAt }) => (
        <li key={`${host} ${pid} ${startedAt}`}>
          <span className="t-queues__last">
            <span className={isAlive ? 't-good' : 't-fail'}>
              <Sign name={isAlive ? 'check' : 'warning'} />
            </span>
            <span>
              {host}, process {pid}
              <span className="t-sub">{isAlive ? kinds.join(', ') : 'Lost'}</span>
            </span>
          </span>
          <span className="t-num">{formatAge(seenSeconds)} ago</span>
        </li>
      ))}
    </ul>
  </Panel>
)
