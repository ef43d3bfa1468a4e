import type { State } from '../state.ts'
import type { LoggedRequest } from '../types.ts'
import { html, type Html } from './html.ts'
import { formatCount, type FaultTarget, renderTime, titleOf } from './parts.ts'

const MAX_REQUESTS = 50

type Sidebar = {
  targets: FaultTarget[]
  state: State
  /** The page to return to after a form. */
  back: string
  isClockFirst?: boolean
  more?: Html
}

/** Renders the fault rules, the clock, and the latest requests. */
export const renderSidebar = ({
  back,
  isClockFirst = false,
  more,
  targets,
  state,
}: Sidebar): Html => {
  const faults = html`<section>
    <h3>Faults</h3>
    ${renderFaultForm(targets, back)}
    <div id="fault-rules" data-live>${renderFaultRules(state, targets, back)}</div>
  </section>`
  const clock = html`<section>
    <h3>Clock</h3>
    <div id="clock" data-live>${renderClockForm(state, back)}</div>
  </section>`
  return html`<div class="side" id="side">
    ${isClockFirst ? [clock, faults] : [faults, clock]} ${more}
    <section>
      <h3>Requests</h3>
      <div id="requests" data-live>
        ${renderRequests(state.requests.newest(MAX_REQUESTS), targets)}
      </div>
    </section>
  </div>`
}

const renderRequests = (requests: LoggedRequest[], targets: FaultTarget[]): Html =>
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
                <td class="quiet">${renderTime(at)}</td>
                <td>${titleOf(targets, provider)}</td>
                <td>
                  <b class="${status !== null && status < 300 ? '' : 'bad'}">${status ?? 'cut'}</b>
                  <span class="quiet"
                    >${fault?.replaceAll('-', ' ') ?? code}${rows !== undefined && rows > 0 && ` ${formatCount(rows, 'row')}`}</span
                  >
                </td>
              </tr>`,
          )}
        </tbody>
      </table>`

const renderClockForm = ({ clock }: State, back: string): Html =>
  html`<p>
      <time class="full" datetime="${clock.now().toISOString()}">
        ${clock.now().toISOString().slice(0, 16).replace('T', ' ')} UTC
      </time>
      ${!clock.isTicking() && html`<span class="quiet">stopped</span>`}
    </p>
    <form class="report" method="post" action="/clock">
      ${renderBackField(back)}
      ${STEPS.map(([label, ms]) => html`<button name="advanceMs" value="${ms}">${label}</button>`)}
    </form>`

const DAY_MS = 86_400_000
const STEPS: [string, number][] = [
  ['+1 hour', DAY_MS / 24],
  ['+1 day', DAY_MS],
  ['+30 days', 30 * DAY_MS],
]

/** The form that sets a fault rule, for some requests or for all. */
const renderFaultForm = (targets: FaultTarget[], back: string): Html =>
  html`<form class="fault-rule" method="post" action="/faults">
    ${renderBackField(back)}
    <label class="wide"
      >Fault
      <select name="fault">
        ${targets.map(
          ({ faults, name, title }) =>
            html`<optgroup label="${title}">
              ${faults.map(
                (fault) =>
                  html`<option value="${name} ${fault}">
                    ${title}: ${fault.replaceAll('-', ' ')}
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
      <input name="seconds" type="number" min="0" placeholder="default" />
    </label>
    <button>Set</button>
  </form>`

/** The active fault rules, and how many requests each still applies to. */
const renderFaultRules = ({ faults }: State, targets: FaultTarget[], back: string): Html => {
  const rules = faults.list()
  if (rules.length === 0) return html`<p class="quiet">No fault is set.</p>`
  return html`<ul class="rules">
      ${rules.map(
        ({ fault, probability, provider, times }) =>
          html`<li>
            <b>${titleOf(targets, provider)}</b> ${fault.replaceAll('-', ' ')}
            <span class="quiet">
              ${times === undefined ? 'until cleared' : `${times} left`}${
                probability !== undefined && `, ${Math.round(probability * 100)} %`
              }
            </span>
          </li>`,
      )}
    </ul>
    <form method="post" action="/faults/clear">
      ${renderBackField(back)}<button>Clear all</button>
    </form>`
}

const renderBackField = (back: string): Html =>
  html`<input type="hidden" name="back" value="${back}" />`
