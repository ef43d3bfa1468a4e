'use client'
import { useConfig } from '@payloadcms/ui'

import { formatCount } from '../../../../src/admin/format/counts.ts'
import { formatWhen } from '../../../../src/admin/format/formatWhen.ts'
import { AdminLink } from '../../../../src/admin/layout/AdminLink.tsx'
import { Facts } from '../../../../src/admin/layout/Facts.tsx'
import { Sign } from '../../../../src/admin/status/Sign.tsx'
import { StatusPill } from '../../../../src/admin/status/StatusPill.tsx'
import type { RequestSummary } from '../../../../src/cashback/ingestion/overview/loadNetworkStates.ts'
import { labelOf } from '../../../../src/domain/labels.ts'
import { listHref } from '../listHref.ts'
import type { NetworkFigures } from './loadOverview.ts'
import { NetworkActions } from './NetworkActions.tsx'
import { formatUnmapped } from './formatUnmapped.ts'
import {
  classifyFreshness,
  describeKey,
  describeProblem,
  formatShortAge,
  measureAge,
} from './describeNetwork.ts'
import type { Screen } from '../screen.ts'
import { formatWindow } from './describeRun.ts'

/** One network: the age of its data, the counts of its last run, its problem and its actions. */
export const NetworkCard = ({ network, screen }: { network: NetworkFigures; screen: Screen }) => {
  const freshness = classifyFreshness(network, screen.at)
  const { quarantined } = network
  const word = freshness === 'quarantined' ? `${formatCount(quarantined)} quarantined` : undefined
  return (
    <section aria-label={network.name} className="t-panel t-net">
      <div className="t-net__head">
        <h2 className="t-h4 t-cut" tabIndex={0} title={network.name}>
          {network.name}
        </h2>
        <StatusPill status={freshness} word={word ?? labelOf(freshness)} />
      </div>
      <AgeBar network={network} screen={screen} />
      <Facts facts={factsOf(network, screen)} />
      <Problem network={network} />
      <OpenRequests network={network} screen={screen} />
      <NetworkActions isBad={freshness === 'failing'} network={network} screen={screen} />
    </section>
  )
}

const factsOf = (network: NetworkFigures, { times }: Screen) => {
  const { changeWatermark, eventWatermark, lastRead, unattributed } = network
  const key = describeKey(network)
  const cursor = (at: string | null) => (at === null ? '—' : times.minute(at))
  const counts = lastRead && [lastRead.created, lastRead.changed, lastRead.same]
  return [
    { name: 'New · changed · same', value: counts?.map(formatCount).join(' · ') ?? '—' },
    { name: 'Cursor, new', value: cursor(eventWatermark) },
    { name: 'Cursor, changed', value: cursor(changeWatermark) },
    { name: 'Unattributed', value: formatCount(unattributed) },
    { name: 'Unmatched reversals', value: formatCount(network.unmatchedReversals) },
    { name: 'Unmapped statuses', value: formatUnmapped(network.unmappedStatuses) },
    { name: 'Quarantined rows', value: <QuarantineLink network={network} /> },
    { name: 'API key', value: <span className={key.isBad ? 't-fail' : ''}>{key.text}</span> },
  ]
}

const Problem = ({ network }: { network: NetworkFigures }) => {
  const { isOn, problem, problemCode } = network
  if (problem === null || !isOn) return null
  const reason = describeProblem(problemCode)
  return (
    <p className="t-net__problem">
      {reason && <span className="t-fail">{labelOf(reason)}.</span>} {problem}
      {problemCode && <span className="t-code"> {problemCode}</span>}
    </p>
  )
}

/** The age of the last successful read, as a bar of the age that it may have. */
const AgeBar = ({ network, screen }: { network: NetworkFigures; screen: Screen }) => {
  const { at, times } = screen
  const age = measureAge(network, at)
  if (!age || network.syncedAt === null) {
    return (
      <div>
        <p className="t-net__age">
          <span>Never read</span>
        </p>
        <p className="t-sub">
          {network.isOn ? 'The first run fills this card.' : 'It is switched off.'}
        </p>
      </div>
    )
  }
  return (
    <div>
      <p className="t-net__age">
        <span>Synced {formatShortAge(network.syncedAt, at)} ago</span>
        <span className="t-muted">
          {formatWhen(network.syncedAt, { now: at, timeZone: times.timeZone })} {times.zone}
        </span>
      </p>
      <div aria-label={age.text} className="t-fresh" role="img">
        <i
          className={age.isLate ? 'is-late' : undefined}
          style={{ width: `${Math.max(2, Math.round(age.share * 100))}%` }}
        />
      </div>
      <p className="t-sub">{age.text}</p>
    </div>
  )
}

/** The count of open quarantined rows and the reason of the newest, as a link to their list. */
const QuarantineLink = ({ network }: { network: NetworkFigures }) => {
  const { config } = useConfig()
  const { id, name, quarantined, quarantineReason } = network
  if (quarantined === 0) return '0'
  const text = [formatCount(quarantined), ...(quarantineReason ? [quarantineReason] : [])].join(
    ', ',
  )
  return (
    <span className="t-cut" title={text}>
      <AdminLink
        href={listHref(config.routes.admin, 'quarantined-rows', { network: id, resolvedAt: null })}
      >
        {text}
        <span className="t-hidden"> of {name}</span>
      </AdminLink>
    </span>
  )
}

/** The open requests of a network, and its running read. */
const OpenRequests = ({ network, screen }: { network: NetworkFigures; screen: Screen }) => {
  const { isRunning, requests } = network
  const isTaken = requests.some(({ status }) => status === 'running')
  return (
    <div aria-live="polite" className="t-net__requests">
      {requests.map((request) => (
        <RequestLine key={request.id} note={request.note}>
          {describeRequest(request, screen)}
        </RequestLine>
      ))}
      {isRunning && !isTaken && <RequestLine note={null}>A worker reads it now.</RequestLine>}
    </div>
  )
}

const RequestLine = ({ children, note }: { children: string; note: string | null }) => (
  <p className="t-net__request">
    <Sign name="clock" size={14} />
    <span>
      {children}
      {note && <span className="t-sub">“{note}”</span>}
    </span>
  </p>
)

const describeRequest = (request: RequestSummary, { at, times }: Screen): string => {
  const { requestedAt, requestedBy, mode, status, windowFrom, windowTo } = request
  const what = mode === 'replay' ? 'A replay' : 'A read'
  const window =
    windowFrom && windowTo ? ` of ${formatWindow(windowFrom, windowTo, times.timeZone)}` : ''
  const who = requestedBy ? ` by ${requestedBy}` : ''
  const next = status === 'running' ? 'a worker runs it' : 'it waits for a worker'
  return `${what}${window}: requested ${formatShortAge(requestedAt, at)} ago${who}, ${next}.`
}
