import { Sign } from '../../../src/admin/status/Sign.tsx'
import type { RequestSummary } from '../../../src/cashback/ingestion/overview/loadNetworkStates.ts'
import type { NetworkFigures } from './loadOverview.ts'
import { shortAge } from './networkWords.ts'
import type { Screen } from './screen.ts'
import { windowWords } from './syncRunWords.ts'

/** Reads that were asked for, or are under way: what a press of a button became. */
export const WhatWaits = ({ network, screen }: { network: NetworkFigures; screen: Screen }) => {
  const { isRunning, requests } = network
  const isTaken = requests.some(({ status }) => status === 'running')
  return (
    <div aria-live="polite" className="t-net__waits">
      {requests.map((request) => (
        <Line key={request.id} note={request.note}>
          {requestWords(request, screen)}
        </Line>
      ))}
      {isRunning && !isTaken && <Line note={null}>A worker reads it now.</Line>}
    </div>
  )
}

const Line = ({ children, note }: { children: string; note: string | null }) => (
  <p className="t-net__wait">
    <Sign name="clock" size={14} />
    <span>
      {children}
      {note && <span className="t-sub">“{note}”</span>}
    </span>
  </p>
)

const requestWords = (request: RequestSummary, { at, times }: Screen): string => {
  const { requestedAt, requestedBy, mode, status, windowFrom, windowTo } = request
  const what = mode === 'replay' ? 'Stored pages again' : 'A read'
  const window =
    windowFrom && windowTo ? ` of ${windowWords(windowFrom, windowTo, times.timeZone)}` : ''
  const who = requestedBy ? ` by ${requestedBy}` : ''
  const next = status === 'running' ? 'a worker is at it' : 'a worker takes it'
  return `${what}${window}: asked ${shortAge(requestedAt, at)} ago${who}, ${next}.`
}
