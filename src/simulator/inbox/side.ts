import type { State } from '../state.ts'
import type { LoggedRequest } from '../types.ts'
import { backTo } from './backTo.ts'
import { dialList, faultForm } from './dials.ts'
import { html, type Html } from './html.ts'
import { counted, timeOf } from './parts.ts'
import { type Peer, titleOf } from './peers.ts'

const REQUESTS = 50

export type Side = {
  peers: Peer[]
  state: State
  /** Where its forms lead back to. */
  back: string
  isClockFirst?: boolean
  more?: Html
}

/** What can be turned, and what came in. */
export const side = ({ back, isClockFirst = false, more, peers, state }: Side): Html => {
  const faults = html`<section>
    <h3>Faults</h3>
    ${faultForm(peers, back)}
    <div id="dials" data-live>${dialList(state, peers, back)}</div>
  </section>`
  const clock = html`<section>
    <h3>Clock</h3>
    <div id="clock" data-live>${clockForm(state, back)}</div>
  </section>`
  return html`<div class="side" id="side">
    ${isClockFirst ? [clock, faults] : [faults, clock]} ${more}
    <section>
      <h3>Requests</h3>
      <div id="requests" data-live>${requestLog(state.requests.newest(REQUESTS), peers)}</div>
    </section>
  </div>`
}

const requestLog = (requests: LoggedRequest[], peers: Peer[]): Html =>
  requests.length === 0
    ? html`<p class="quiet">No request yet.</p>`
    : html`<table>
        <thead class="unseen">
          <tr>
            <th>Time</th>
            <th>Provider</th>
            <th>Answer</th>
          </tr>
        </thead>
        <tbody>
          ${requests.map(
            ({ at, code, fault, provider, rows, status }) =>
              html`<tr>
                <td class="quiet">${timeOf(at)}</td>
                <td>${titleOf(peers, provider)}</td>
                <td>
                  <b class="${status !== null && status < 300 ? '' : 'bad'}">${status ?? 'cut'}</b>
                  <span class="quiet"
                    >${fault?.replaceAll('-', ' ') ?? code}${rows !== undefined && rows > 0 && ` ${counted(rows, 'row')}`}</span
                  >
                </td>
              </tr>`,
          )}
        </tbody>
      </table>`

const clockForm = ({ clock }: State, back: string): Html =>
  html`<p>
      <time class="full" datetime="${clock.now().toISOString()}">
        ${clock.now().toISOString().slice(0, 16).replace('T', ' ')} UTC
      </time>
      ${!clock.isTicking() && html`<span class="quiet">stands still</span>`}
    </p>
    <form class="report" method="post" action="/clock">
      ${backTo(back)}
      ${STEPS.map(([label, ms]) => html`<button name="advanceMs" value="${ms}">${label}</button>`)}
    </form>`

const DAY_MS = 86_400_000
const STEPS: [string, number][] = [
  ['+1 hour', DAY_MS / 24],
  ['+1 day', DAY_MS],
  ['+30 days', 30 * DAY_MS],
]
