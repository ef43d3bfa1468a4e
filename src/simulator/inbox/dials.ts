import type { State } from '../state.ts'
import { backTo } from './backTo.ts'
import { html, type Html } from './html.ts'
import { type Peer, titleOf } from './peers.ts'

/** What can go wrong with whom: a dial is set for some requests, or for all. */
export const faultForm = (peers: Peer[], back: string): Html =>
  html`<form class="dial" method="post" action="/faults">
    ${backTo(back)}
    <label class="wide"
      >Fault
      <select name="dial">
        ${peers.map(
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
      <input name="seconds" type="number" min="0" placeholder="usual" />
    </label>
    <button>Set</button>
  </form>`

/** The dials that are set, and how much of each is left. */
export const dialList = ({ faults }: State, peers: Peer[], back: string): Html => {
  const dials = faults.list()
  if (dials.length === 0) return html`<p class="quiet">Every provider works.</p>`
  return html`<ul class="dials">
      ${dials.map(
        ({ fault, probability, provider, times }) =>
          html`<li>
            <b>${titleOf(peers, provider)}</b> ${fault.replaceAll('-', ' ')}
            <span class="quiet">
              ${times === undefined ? 'until cleared' : `${times} left`}${
                probability !== undefined && `, ${Math.round(probability * 100)} %`
              }
            </span>
          </li>`,
      )}
    </ul>
    <form method="post" action="/faults/clear">${backTo(back)}<button>Clear all</button></form>`
}
