import type { State } from '../../state.ts'
import type { Provider } from '../../types.ts'
import { frame } from '../frame.ts'
import { html, type Html } from '../html.ts'
import { counted, timeOf } from '../parts.ts'
import { type Peer, peersOf } from '../peers.ts'
import { side } from '../side.ts'
import { networkSection } from './networkSection.ts'

type NetworksPage = { state: State; providers: Provider[]; nonce: string; query: string }

const POSTBACKS = 20

/** Orders as each network would tell of them now; what is marked live follows the clock. */
export const networksPage = ({ nonce, providers, query, state }: NetworksPage): Html => {
  const { networks, orders } = state
  const total = networks.reduce((sum, { name }) => sum + orders.scripted(name).length, 0)
  const peers = peersOf(providers, state)
  const isNetwork = ({ name }: Peer) => networks.some((network) => network.name === name)
  const content = html`<main class="of-networks">
    <div class="orders">
      <form class="search" action="/networks">
        <input
          name="q"
          type="search"
          value="${query}"
          placeholder="Find by order, click or shop"
          aria-label="Find by order, click or shop"
        />
      </form>
      <div id="orders" data-live>
        ${networks.map((network) => networkSection({ network, query, state }))}
      </div>
    </div>
    ${side({
      peers: [...peers.filter(isNetwork), ...peers.filter((peer) => !isNetwork(peer))],
      isClockFirst: true,
      state,
      back: '/networks',
      more: html`<section>
        <h3>Postbacks</h3>
        <div id="postbacks" data-live>${postbackLog(state)}</div>
      </section>`,
    })}
  </main>`
  const counts = `${counted(total, 'order')}, ${counted(state.requests.total(), 'request')}`
  return frame({
    content,
    nonce,
    title: 'Networks',
    here: '/networks',
    counts,
    jump: 'Clock, faults',
  })
}

const postbackLog = ({ postbacks }: State): Html => {
  const newest = postbacks.newest(POSTBACKS)
  if (newest.length === 0) return html`<p class="quiet">None was sent yet.</p>`
  return html`<table>
    <thead class="unseen">
      <tr>
        <th>Time</th>
        <th>Order</th>
        <th>Answer</th>
      </tr>
    </thead>
    <tbody>
      ${newest.map(
        ({ at, order, status }) =>
          html`<tr>
            <td class="quiet">${timeOf(at)}</td>
            <td>${order}</td>
            <td>
              <b class="${status !== null && status < 300 ? '' : 'bad'}">${status ?? 'none'}</b>
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`
}
