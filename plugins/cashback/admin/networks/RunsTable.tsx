'use client'
import { useConfig } from '@payloadcms/ui'

import { AdminLink } from '../../../../src/admin/layout/AdminLink.tsx'
import { formatCount } from '../../../../src/admin/format/counts.ts'
import { Scroll } from '../../../../src/admin/layout/Scroll.tsx'
import { SectionHead } from '../../../../src/admin/layout/SectionHead.tsx'
import { StatusPill } from '../../../../src/admin/status/StatusPill.tsx'
import type { RecentRun } from '../../../../src/cashback/ingestion/overview/listRecentRuns.ts'
import { listHref } from '../listHref.ts'
import type { Screen } from '../screen.ts'
import { formatRunNote, describeRunResult, formatDuration, formatWindow } from './describeRun.ts'

const NUMBERS = ['Pages', 'New', 'Changed', 'Unattributed', 'Took']

/** The runs of all networks, newest first. For admins a run links to its pages. */
export const RunsTable = ({ runs, screen }: { runs: RecentRun[]; screen: Screen }) => {
  const { config } = useConfig()
  const all = `${config.routes.admin}/collections/sync-runs`
  return (
    <>
      <SectionHead note={screen.viewer.isAdmin ? 'Open a run to see its pages' : null}>
        Runs
      </SectionHead>
      {runs.length === 0 ? (
        <p className="t-empty">
          No run yet. Each run is listed here with its window, its counts and its result.
        </p>
      ) : (
        <>
          <Scroll label="Runs">
            <table className="t-table t-runs">
              <thead>
                <tr>
                  <th scope="col">Started ({screen.times.zone})</th>
                  <th scope="col">Network</th>
                  <th scope="col">Result</th>
                  <th scope="col">Window</th>
                  {NUMBERS.map((name) => (
                    <th className="t-num" key={name} scope="col">
                      {name}
                    </th>
                  ))}
                  <th scope="col">Note</th>
                </tr>
              </thead>
              <tbody>
                {runs.map((run) => (
                  <Row key={run.id} run={run} screen={screen} />
                ))}
              </tbody>
            </table>
          </Scroll>
          <p className="t-pages">
            <span className="t-muted">The newest {formatCount(runs.length)}</span>
            <AdminLink href={all}>All runs</AdminLink>
          </p>
        </>
      )}
    </>
  )
}

const Row = ({ run, screen: { times, viewer } }: { run: RecentRun; screen: Screen }) => {
  const { config } = useConfig()
  const { admin } = config.routes
  const href = viewer.isAdmin
    ? listHref(admin, 'network-pages', { run: run.id })
    : `${admin}/collections/sync-runs/${run.id}`
  const formatIfRead = (count: number) =>
    run.status === 'failed' && run.pages === 0 ? '—' : formatCount(count)
  const note = formatRunNote(run)
  return (
    <tr>
      <td className="t-nowrap">
        <AdminLink href={href}>{times.short(run.startedAt)}</AdminLink>
      </td>
      <td>
        <span className="t-cut" title={run.network}>
          {run.network}
        </span>
      </td>
      <td>
        <StatusPill {...describeRunResult(run)} />
      </td>
      <td className="t-nowrap">{formatWindow(run.windowFrom, run.windowTo, times.timeZone)}</td>
      <td className="t-num">{formatCount(run.pages)}</td>
      <td className="t-num">{formatIfRead(run.created)}</td>
      <td className="t-num">{formatIfRead(Math.max(0, run.changed - run.created))}</td>
      <td className="t-num">{formatIfRead(run.unattributed)}</td>
      <td className="t-num">{formatDuration(run.startedAt, run.endedAt)}</td>
      <td className="t-muted t-runs__note">
        {note}
        {run.errorCode && <span className="t-code"> {run.errorCode}</span>}
      </td>
    </tr>
  )
}
