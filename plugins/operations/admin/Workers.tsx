import { ageInWords } from '../../../src/admin/format/ageInWords.ts'
import { Panel } from '../../../src/admin/layout/Panel.tsx'
import { Sign } from '../../../src/admin/status/Sign.tsx'
import type { WorkerState } from '../../../src/operations/listWorkers.ts'

/** The processes that do the work, and when each was seen last. */
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
              <span className="t-sub">{isAlive ? kinds.join(', ') : 'Gone without a word'}</span>
            </span>
          </span>
          <span className="t-num">{ageInWords(seenSeconds)} ago</span>
        </li>
      ))}
    </ul>
  </Panel>
)
