import type { State } from '../state.ts'
import type { LoggedRequest, Provider } from '../types.ts'
import { html, type Html } from './html.ts'
import { PROVIDER_NAMES, timeOf } from './parts.ts'

const REQUESTS = 50

/** What can be turned, and what came in. */
export const side = (providers: Provider[], state: State): Html =>
  html`<div class="side" id="side">
    <section>
      <h3>Faults</h3>
      ${faultForm(providers)}
      <div id="dials" data-live>${dialList(state)}</div>
    </section>
    <section>
      <h3>Clock</h3>
      <div id="clock" data-live>${clockForm(state)}</div>
    </section>
    <section>
      <h3>Requests</h3>
      <div id="requests" data-live>${requestLog(state.requests.newest(REQUESTS))}</div>
    </section>
  </div>`

/** What can go wrong with whom: a dial is set for some requests, or for all. */
const faultForm = (providers: Provider[]): Html =>
  html`<form class="dial" method="post" action="/faults">
    <label class="wide"
      >Fault
      <select name="dial">
        ${providers.map(
          ({ name, refusals }) =>
            html`<optgroup label="${PROVIDER_NAMES[name]}">
              ${[...Object.keys(refusals), ...OF_THE_LINE].map(
                (fault) =>
                  html`<option value="${name} ${fault}">
                    ${PROVIDER_NAMES[name]}: ${fault.replaceAll('-', ' ')}
                  </option>`,
              )}
            </optgroup>`,
        )}
      </select>
    </label>
    <label
      >Requests
      <input name="times" type="number" min="1" placeholder="all" />
    </label>
    <label
      >Seconds
      <input name="seconds" type="number" min="0" placeholder="usual" />
    </label>
    <button>Set</button>
  </form>`

const OF_THE_LINE = ['slow', 'reset-after-accept', 'truncated']

const dialList = ({ faults }: State): Html => {
  const dials = faults.list()
  if (dials.length === 0) return html`<p class="quiet">Every provider works.</p>`
  return html`<ul class="dials">
      ${dials.map(
        ({ fault, probability, provider, times }) =>
          html`<li>
            <b>${PROVIDER_NAMES[provider]}</b> ${fault.replaceAll('-', ' ')}
            <span class="quiet">
              ${times === undefined ? 'until cleared' : `${times} left`}${
                probability !== undefined && `, ${Math.round(probability * 100)} %`
              }
            </span>
          </li>`,
      )}
    </ul>
    <form method="post" action="/faults/clear"><button>Clear all</button></form>`
}

const requestLog = (requests: LoggedRequest[]): Html =>
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
            ({ at, code, fault, provider, status }) =>
              html`<tr>
                <td class="quiet">${timeOf(at)}</td>
                <td>${PROVIDER_NAMES[provider]}</td>
                <td>
                  <b class="${status !== null && status < 300 ? '' : 'bad'}">${status ?? 'cut'}</b>
                  <span class="quiet">${fault?.replaceAll('-', ' ') ?? code}</span>
                </td>
              </tr>`,
          )}
        </tbody>
      </table>`

const clockForm = ({ clock }: State): Html =>
  html`<p>
      <time class="full" datetime="${clock.now().toISOString()}">
        ${clock.now().toISOString().slice(0, 16).replace('T', ' ')} UTC
      </time>
      ${!clock.isTicking() && html`<span class="quiet">stands still</span>`}
    </p>
    <form class="report" method="post" action="/clock">
      ${STEPS.map(([label, ms]) => html`<button name="advanceMs" value="${ms}">${label}</button>`)}
    </form>`

const DAY_MS = 86_400_000
const STEPS: [string, number][] = [
  ['+1 hour', DAY_MS / 24],
  ['+1 day', DAY_MS],
  ['+30 days', 30 * DAY_MS],
]
